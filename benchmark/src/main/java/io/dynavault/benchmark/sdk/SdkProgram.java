// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.sdk;

import com.fasterxml.jackson.core.JsonFactory;
import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What backup and restore with the SDK have in common: a client, and a thread per segment. */
abstract class SdkProgram implements Pass {
  static final JsonFactory JSON = new JsonFactory();
  static final int BUFFER = 64 * 1024;

  final Task task;
  final DynamoDbClient client;
  private final ExecutorService threads;

  SdkProgram(Task task) {
    this.task = task;
    this.threads = Executors.newFixedThreadPool(task.workers());
    this.client =
        DynamoDbClient.builder()
            .endpointOverride(task.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClientBuilder(ApacheHttpClient.builder().maxConnections(task.workers()))
            .build();
  }

  /** Does the part of one worker and returns its items. */
  abstract long work(int worker) throws Exception;

  Path file(int worker) {
    return task.folder().resolve("sdk-" + worker + ".json.gz");
  }

  final long runAll() throws Exception {
    List<Future<Long>> results = new ArrayList<>();
    for (int worker = 0; worker < task.workers(); worker++) {
      int number = worker;
      results.add(threads.submit(() -> work(number)));
    }
    long items = 0;
    for (Future<Long> result : results) {
      items += result.get();
    }
    return items;
  }

  @Override
  public void close() throws Exception {
    threads.shutdownNow();
    client.close();
  }
}
