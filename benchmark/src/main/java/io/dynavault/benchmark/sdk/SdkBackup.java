// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.sdk;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.measure.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Parallel scan with the SDK's paginator into gzip files at the JDK's default level. */
public final class SdkBackup extends SdkProgram {

  public SdkBackup(Task task) throws IOException {
    super(task);
    Files.createDirectories(task.folder());
  }

  @Override
  public long run() throws Exception {
    return runAll();
  }

  @Override
  long work(int segment) throws IOException {
    long items = 0;
    try (OutputStream file = Files.newOutputStream(file(segment));
        OutputStream gzip = new GZIPOutputStream(file, BUFFER);
        JsonGenerator json = JSON.createGenerator(gzip)) {
      json.setRootValueSeparator(null);
      var pages =
          client.scanPaginator(
              scan -> scan.tableName(task.table()).segment(segment).totalSegments(task.workers()));
      for (Map<String, AttributeValue> item : pages.items()) {
        json.writeStartObject();
        json.writeFieldName("Item");
        AttributeJson.write(json, item);
        json.writeEndObject();
        json.writeRaw('\n');
        items++;
      }
    }
    return items;
  }

  @Override
  public void tidy() throws IOException {
    if (!task.variant().equals(SdkRestore.SOURCE)) {
      Folders.remove(task.folder());
      Files.createDirectories(task.folder());
    }
  }
}
