// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.FormatException;
import io.dynavault.format.export.ExportSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the manifests of a recovery point, and refuses those that are not what its record says:
 * their own checksum files could have been exchanged with them.
 */
final class RecordedSource implements ExportSource {
  /** The largest manifest that the reader of exports takes. */
  private static final int MAX_BYTES = 64 << 20;

  private final StoreSource source;
  private final Map<String, StoredFile> recorded;

  RecordedSource(ObjectStore store, RecoveryPoint point) {
    this.source = new StoreSource(store);
    this.recorded =
        point.files().stream().collect(Collectors.toMap(StoredFile::key, Function.identity()));
  }

  @Override
  public Optional<InputStream> open(String key) throws IOException {
    Optional<InputStream> opened = source.open(key);
    StoredFile file = recorded.get(key);
    if (opened.isEmpty() || file == null) {
      return opened;
    }
    try (InputStream stream = opened.get()) {
      byte[] content = read(stream, file);
      return Optional.of(new ByteArrayInputStream(content));
    }
  }

  private static byte[] read(InputStream stream, StoredFile file) throws IOException {
    byte[] content = stream.readNBytes((int) Math.min(file.size(), MAX_BYTES) + 1);
    Checksum checksum = file.checksum().algorithm().of(content);
    if (content.length != file.size() || !checksum.equals(file.checksum())) {
      throw new FormatException(
          file.key().substring(file.key().lastIndexOf('/') + 1)
              + ": its "
              + file.checksum().algorithm().label()
              + " or size is not what the record says");
    }
    return content;
  }
}
