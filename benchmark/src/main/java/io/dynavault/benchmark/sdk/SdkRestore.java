// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.sdk;

import com.fasterxml.jackson.core.JsonParser;
import io.dynavault.benchmark.measure.Effort;
import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.measure.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Reads the files of {@link SdkBackup} and writes their items by BatchWriteItem. */
public final class SdkRestore extends SdkProgram {
  /** The variant of a backup whose files are kept. */
  static final String SOURCE = "source";

  private static final int MOST_REQUESTS = 25;

  /** Makes the files that are restored. */
  public SdkRestore(Task task) throws Exception {
    super(task);
    Task backup =
        new Task(task.endpoint(), task.table(), task.folder(), task.workers(), SOURCE, Effort.ONCE);
    try (SdkBackup source = new SdkBackup(backup)) {
      source.run();
    }
  }

  @Override
  public long run() throws Exception {
    return runAll();
  }

  @Override
  long work(int worker) throws IOException {
    long items = 0;
    List<WriteRequest> batch = new ArrayList<>(MOST_REQUESTS);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file(worker)), BUFFER),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Map<String, AttributeValue> item = item(line);
        batch.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
        items++;
        if (batch.size() == MOST_REQUESTS) {
          write(batch);
        }
      }
    }
    write(batch);
    return items;
  }

  private static Map<String, AttributeValue> item(String line) throws IOException {
    try (JsonParser json = JSON.createParser(line)) {
      json.nextToken(); // {
      json.nextToken(); // "Item"
      json.nextToken(); // {
      return AttributeJson.readItem(json);
    }
  }

  private void write(List<WriteRequest> batch) {
    Map<String, List<WriteRequest>> left = Map.of(task.table(), List.copyOf(batch));
    while (!left.isEmpty() && !batch.isEmpty()) {
      Map<String, List<WriteRequest>> requests = left;
      left = client.batchWriteItem(write -> write.requestItems(requests)).unprocessedItems();
    }
    batch.clear();
  }

  @Override
  public void close() throws Exception {
    super.close();
    Folders.remove(task.folder());
  }
}
