// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects in memory, in the order in which they were written. */
final class MemoryExport implements ExportSink, ExportSource {
  final Map<String, byte[]> objects = new LinkedHashMap<>();

  @Override
  public void put(String key, byte[] content) {
    objects.put(key, content);
  }

  @Override
  public Optional<InputStream> open(String key) {
    return Optional.ofNullable(objects.get(key)).map(ByteArrayInputStream::new);
  }

  /** Writes a data file under a store's key and names it in the manifest by another. */
  DataFile dataFile(String key, String s3Key, Compression compression, List<byte[]> items)
      throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (DataFileWriter writer = DataFileWriter.open(sink, compression)) {
      for (byte[] item : items) {
        writer.writeItem(item, 0, item.length);
      }
      DataFileSummary summary = writer.finish();
      put(key, sink.toByteArray());
      return summary.toDataFile(s3Key);
    }
  }

  /** All items of the export at a location, in the order of the manifest, each verified. */
  List<byte[]> items(String location) throws IOException {
    List<byte[]> items = new ArrayList<>();
    for (ExportFile file : ExportReader.read(this, location).files()) {
      try (DataFileReader reader = DataFileReader.open(open(file.key()).orElseThrow(), file)) {
        while (reader.next()) {
          items.add(
              Arrays.copyOfRange(
                  reader.array(), reader.itemOffset(), reader.itemOffset() + reader.itemLength()));
        }
      }
    }
    return items;
  }
}
