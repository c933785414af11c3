// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dynavault.cli.command.CliContext;
import io.dynavault.cli.command.Streams;
import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.backup.BackupPlanner;
import io.dynavault.core.backup.BackupRequest;
import io.dynavault.core.backup.BackupRun;
import io.dynavault.core.backup.TableIdentity;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreConfig;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.Stores;
import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Loads the classes that short commands need, by running some on a vault of its own. The launcher
 * runs it once to make the class-data archive with which later commands start in half the time
 * (java command, {@code -XX:ArchiveClassesAtExit}). It sends nothing and leaves nothing.
 */
final class ClassDataTraining {
  private static final String TABLE = "training";
  private static final URI NOWHERE = URI.create("http://localhost:1");

  private final Path folder;
  private final Timing timing = Timing.system();

  private ClassDataTraining(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("dynavault-training");
    try {
      new ClassDataTraining(folder).run();
    } finally {
      remove(folder);
    }
  }

  private void run() throws InterruptedException {
    command("version");
    command("help");
    command("vault", "create");
    backUp();
    command("list");
    command("list", "--json");
    command("describe", "latest");
    command("expire", "--keep-last", "1", "--dry-run");
    openClients();
  }

  private void command(String... words) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, US_ASCII);
    CliContext context =
        new CliContext(
            new Streams(InputStream.nullInputStream(), nowhere, nowhere, Set.of()),
            Map.of("DYNAVAULT_VAULT", folder.toString()),
            folder,
            timing,
            Ticker.system());
    new CliRunner(context, new Interruption(Thread.currentThread())).run(words);
  }

  /** A recovery point without items, so that there is a record to read. */
  private void backUp() throws InterruptedException {
    KeySchema key = new KeySchema(new KeyAttribute("pk", ScalarType.S), Optional.empty());
    TableDefinition table = TableDefinition.onDemand(TABLE, key);
    BackupOptions options =
        new BackupOptions(
            1,
            Optional.empty(),
            OutputFormat.DYNAMODB_JSON,
            Compression.GZIP,
            BackupOptions.DEFAULT_FILE_BYTES,
            Map.of(),
            Optional.empty());
    try (ObjectStore store = Stores.open(new StoreLocation.Folder(folder), stores())) {
      Vault vault =
          Vault.open(store, Holder.thisProcess(TABLE, timing.random()), LeaseSettings.system());
      BackupPlanner planner = new BackupPlanner(NOWHERE, timing.clock(), timing.random());
      new BackupRun(
              vault,
              new EmptyTable(),
              new TableIdentity(name -> table),
              RunContext.system(TABLE, new StopSignal()),
              TABLE)
          .start(
              planner.plan(new BackupRequest(ScanQuery.all(TABLE, false), options), table, 0, 0));
    }
  }

  /** Opening makes connections ready, and none. */
  private void openClients() {
    EndpointConfig endpoint =
        new EndpointConfig(Optional.of("us-east-1"), Optional.of(NOWHERE), Optional.empty());
    TableClients.open(endpoint).close();
    HttpTransport.open(endpoint, TransportConfig.forThreads(1), timing, new TransportCounters())
        .close();
    Stores.open(StoreLocation.parse("s3://training/vault"), stores()).close();
  }

  private StoreConfig stores() {
    return new StoreConfig(
        S3Config.defaults().withRegion("us-east-1"),
        timing.clock(),
        timing.sleeper(),
        timing.random());
  }

  private static void remove(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(folder)) {
      paths = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  /** Answers every Scan with nothing. */
  private static final class EmptyTable implements DynamoDbTransport {
    private static final byte[] PAGE =
        "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}".getBytes(US_ASCII);

    @Override
    public void call(String operation, byte[] body, int length, ResponseBuffer response) {
      try {
        response.fill(new ByteArrayInputStream(PAGE), PAGE.length);
      } catch (IOException e) {
        throw new IllegalStateException("an array cannot fail", e);
      }
    }

    @Override
    public URI endpoint() {
      return NOWHERE;
    }

    @Override
    public String region() {
      return "us-east-1";
    }

    @Override
    public void close() {}
  }
}
