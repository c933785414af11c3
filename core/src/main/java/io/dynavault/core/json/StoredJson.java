// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.json;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.FormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * A small object of a store, read whole.
 *
 * @param info the object whose content this is: its version is that of these bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
public record StoredJson(ObjectInfo info, byte[] content) {
  /** More than the record of a table of a hundred thousand files. */
  private static final int MAX_BYTES = 128 << 20;

  public StoredJson {
    requireNonNull(info, "info is null");
    requireNonNull(content, "content is null");
  }

  /** The object, or empty where there is none. */
  public static Optional<StoredJson> find(ObjectStore store, String key) {
    try (ObjectDownload in = store.read(key)) {
      return Optional.of(new StoredJson(in.info(), readAll(in, key)));
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.OBJECT_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Reads the content as one versioned document.
   *
   * @param what what it is, for errors, such as {@code the record of 'orders'}
   * @throws DynavaultException {@code DAMAGED} or {@code FORMAT_UNSUPPORTED}
   */
  public <T> T parse(String what, Function<JsonFields, T> parser) {
    try {
      return parser.apply(JsonDocument.readVersioned(what, content));
    } catch (FormatException | IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "unable to read '" + info.key() + "': " + e.getMessage(),
          "restore the object from a copy of the vault, or remove it if it is not needed",
          e);
    }
  }

  private static byte[] readAll(ObjectDownload in, String key) {
    try {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new DynavaultException(
            ErrorCode.DAMAGED, "unable to read '" + key + "': it is larger than any valid one");
      }
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
