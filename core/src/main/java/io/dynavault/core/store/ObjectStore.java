// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A flat space of objects below one root. Keys are relative, use {@code /} and never begin with
 * one, and contain no empty, {@code .} or {@code ..} part (else {@link IllegalArgumentException},
 * see {@link ObjectKey}). A prefix is plain text: {@code a/b} also lists {@code a/bc}. No key may
 * be the folder of another: a file system cannot hold both {@code a} and {@code a/b}.
 *
 * <p>Every failure is a {@link io.dynavault.core.error.DynavaultException}, also from the streams:
 * {@code OBJECT_NOT_FOUND} for a missing object, {@code ACCESS_DENIED} and {@code CREDENTIALS} for
 * refusals, {@code THROTTLED} and {@code SERVICE_UNAVAILABLE} where trying again can help, {@code
 * INTERRUPTED} when the thread was interrupted (its flag stays set), {@code STORE_FAILED} for the
 * rest. A write that fails leaves the old object, none, or, where only its answer was lost, the
 * whole new one; never a part. Repeating it is safe. Where it cannot be known who won a conditional
 * write the code is {@code OUTCOME_UNKNOWN}. Implementations are safe for use by several threads.
 */
public interface ObjectStore extends AutoCloseable {

  /** Where this store's root is, such as {@code file:/backups} or {@code s3://bucket/prefix}. */
  URI location();

  /** The object's size and version, or empty when it does not exist. */
  Optional<ObjectInfo> stat(String key);

  /** Opens the whole object. The caller closes the stream. A read that is cut short fails. */
  ObjectDownload read(String key);

  /** Opens {@code length} bytes from {@code offset}; the range must lie inside the object. */
  ObjectDownload read(String key, long offset, long length);

  /** Writes a small object in one request, replacing what is there. Returns its new state. */
  ObjectInfo put(String key, byte[] content);

  /**
   * Writes a small object only if the key is free; of several concurrent callers exactly one
   * succeeds. Empty means the key was taken and nothing was changed. Where an answer was lost and
   * the request repeated, the store compares the content to recognise its own object: content that
   * decides who wins must be unique to the caller, such as by holding an id.
   */
  Optional<ObjectInfo> putIfAbsent(String key, byte[] content);

  /**
   * Replaces an object only if its version is still {@code expectedVersion}; of several concurrent
   * callers exactly one succeeds. Empty means it was changed or is gone and nothing was written.
   * The rule on unique content is that of {@link #putIfAbsent}.
   */
  Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion);

  /**
   * Starts writing an object of unknown size. It becomes visible, whole, when the upload is
   * committed; until then the key keeps its old state. Uses bounded memory.
   */
  ObjectUpload upload(String key);

  /**
   * Calls back for every object whose key starts with the prefix, in {@link ObjectKey#ORDER}, each
   * once. A listing that is not sure to be whole fails. Objects whose keys this interface could not
   * name are left out: nothing that was written through it is among them.
   */
  void list(String prefix, Consumer<ObjectInfo> consumer);

  /** Removes the object; a missing one is not an error. */
  void delete(String key);

  /**
   * Calls back for every upload that was begun below this root and neither committed nor closed, in
   * no order. Among them are those that are being written at this moment, here or elsewhere.
   */
  void listUnfinished(Consumer<UnfinishedUpload> consumer);

  /** Removes an unfinished upload; one that ended meanwhile is not an error. */
  void discard(UnfinishedUpload upload);

  /**
   * Frees what the store keeps in reserve for those who delete when nothing more can be written;
   * false if it keeps nothing. It takes it back by itself when there is room again.
   */
  default boolean makeRoom() {
    return false;
  }

  @Override
  void close();
}
