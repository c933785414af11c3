// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws;

import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.PacedCalls;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultConfig;
import io.dynavault.testing.aws.AwsStub;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * An AWS over HTTP with one table, a vault in memory, and a clock that only waiting moves. The
 * client does not try again by itself, so that tests see each attempt.
 */
public final class StubWorld implements AutoCloseable {
  public static final String TABLE = "Orders";

  private static final String ORDERS =
      """
      {"TableName":"Orders","BillingMode":"PAY_PER_REQUEST","DeletionProtectionEnabled":true,
       "TableClass":"STANDARD_INFREQUENT_ACCESS",
       "Tags":[{"Key":"team","Value":"shop"}],
       "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
       "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
                               {"AttributeName":"sk","AttributeType":"N"},
                               {"AttributeName":"status","AttributeType":"S"},
                               {"AttributeName":"due","AttributeType":"N"}],
       "GlobalSecondaryIndexes":[
         {"IndexName":"byStatus","KeySchema":[{"AttributeName":"status","KeyType":"HASH"}],
          "Projection":{"ProjectionType":"ALL"}},
         {"IndexName":"byDue","KeySchema":[{"AttributeName":"due","KeyType":"HASH"}],
          "Projection":{"ProjectionType":"KEYS_ONLY"}}],
       "LocalSecondaryIndexes":[
         {"IndexName":"byDay",
          "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"due","KeyType":"RANGE"}],
          "Projection":{"ProjectionType":"ALL"}}],
       "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"}}
      """;

  public final AwsStub stub = AwsStub.start();
  public final StopSignal stop = new StopSignal();
  public final List<Duration> waits = new ArrayList<>();
  public final DynamoDbClient client = withoutRetries(stub.endpoint());
  public final AwsClients clients = AwsClients.of(stub.endpoint());
  public final TableClients tables = new TableClients(client, Optional.empty());
  public final Vault vault =
      Vault.create(
          MemoryStore.isolated(stub.clock()),
          new VaultConfig(new UUID(1, 2), "test", Instant.EPOCH, Map.of(), "test"),
          Holder.thisProcess("test", new Random(1)),
          leases(stub));
  public final Timing timing = new Timing(stub.clock(), this::sleep, new Random(7));

  public StubWorld() {
    stub.declareTable(ORDERS, "{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}");
    client.updateTimeToLive(
        b -> b.tableName(TABLE).timeToLiveSpecification(t -> t.enabled(true).attributeName("ttl")));
    stub.forgetRequests();
  }

  private static LeaseSettings leases(AwsStub stub) {
    LeaseSettings system = LeaseSettings.system();
    return new LeaseSettings(
        LeaseSettings.DEFAULT_TTL,
        stub.clock(),
        system.ticker(),
        system.sleeper(),
        system.processes());
  }

  /** A client that reports every failure. */
  private static DynamoDbClient withoutRetries(EndpointConfig endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint.endpoint().orElse(URI.create("http://localhost")))
        .region(Region.of(endpoint.region().orElseThrow()))
        .credentialsProvider(endpoint.credentials().orElseThrow())
        .overrideConfiguration(o -> o.retryStrategy(retries -> retries.maxAttempts(1)))
        .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(Duration.ofSeconds(2)))
        .build();
  }

  /** Declares a table with nothing but a key. */
  public void declare(String tableName) {
    stub.declareTable(
        """
        {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
         "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
         "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}
        """
            .formatted(tableName));
  }

  public PacedCalls calls() {
    return new PacedCalls(timing, stop, Duration.ofMinutes(2));
  }

  public TableDescriber describer() {
    return new TableDescriber(tables);
  }

  public RunContext context() {
    return new RunContext(
        timing,
        () -> Duration.between(AwsStub.START, stub.clock().instant()).toNanos(),
        new Progress(TABLE),
        stop);
  }

  public List<RecoveryPoint> points() {
    return vault.catalog().list().entries().stream().map(CatalogEntry::point).toList();
  }

  private void sleep(Duration duration) {
    waits.add(duration);
    stub.clock().advance(duration);
  }

  @Override
  public void close() {
    client.close();
    clients.close();
    stub.close();
  }
}
