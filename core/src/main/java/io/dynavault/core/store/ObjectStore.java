// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A flat space of objects below one root. Keys are relative, use {@code /} and never begin with
 * one, and contain no empty, {@code .} or {@code ..} part (else {@link IllegalArgumentException}).
 *
 * <p>Every failure is a {@link io.dynavault.core.error.DynavaultException}: {@code
 * OBJECT_NOT_FOUND} for a missing object, {@code ACCESS_DENIED} and {@code CREDENTIALS} for
 * refusals, {@code THROTTLED} and {@code SERVICE_UNAVAILABLE} where trying again can help, {@code
 * STORE_FAILED} for the rest. A write that fails leaves the old object or none, never a part; where
 * the outcome of a conditional write cannot be known the code is {@code OUTCOME_UNKNOWN}.
 * Implementations are safe for use by several threads.
 */
public interface ObjectStore extends AutoCloseable {

  /** Where this store's root is, such as {@code file:/backups} or {@code s3://bucket/prefix}. */
  URI location();

  /** The object's size and version, or empty when it does not exist. */
  Optional<ObjectInfo> stat(String key);

  /** Opens the whole object. The caller closes the stream. A read that is cut short fails. */
  InputStream read(String key);

  /** Opens {@code length} bytes from {@code offset}; the range must lie inside the object. */
  InputStream read(String key, long offset, long length);

  /** Writes a small object in one request, replacing what is there. Returns its new state. */
  ObjectInfo put(String key, byte[] content);

  /**
   * Writes a small object only if the key is free; of several concurrent callers exactly one
   * succeeds. Empty means the key was taken and nothing was changed. A caller that retries after a
   * lost answer may find its own object: compare the content.
   */
  Optional<ObjectInfo> putIfAbsent(String key, byte[] content);

  /**
   * Replaces an object only if its version is still {@code expectedVersion}; of several concurrent
   * callers exactly one succeeds. Empty means it was changed or is gone and nothing was written.
   */
  Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion);

  /**
   * Starts writing an object of unknown size. It becomes visible, whole, when the upload is
   * committed; until then the key keeps its old state. Uses bounded memory.
   */
  ObjectUpload upload(String key);

  /** Calls back for every object whose key starts with the prefix, in key order, each once. */
  void list(String prefix, Consumer<ObjectInfo> consumer);

  /** Removes the object; a missing one is not an error. */
  void delete(String key);

  @Override
  void close();
}
