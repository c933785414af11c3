// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.local.LocalStore;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.Vault;
import io.dynavault.local.demo.DemoTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A folder, tables and a launcher for one test. The launcher knows the local servers and a vault
 * {@code vault} in the folder, and its credentials are canaries: no run may print them, and no file
 * may hold them when the test is over.
 */
final class Sandbox implements BeforeEachCallback, AfterEachCallback {
  static final String SESSION_TOKEN = "canary-of-the-session-token";

  private final List<LiveTable> tables = new ArrayList<>();
  private Path folder = Path.of("");
  private Launcher launcher = Launcher.in(folder);

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("dynavault-e2e-").toRealPath();
    launcher =
        Launcher.in(folder)
            .with("AWS_ACCESS_KEY_ID", TestingServers.dynamoDb().credentials().accessKeyId())
            .withSecret(
                "AWS_SECRET_ACCESS_KEY", TestingServers.dynamoDb().credentials().secretAccessKey())
            .withSecret("AWS_SESSION_TOKEN", SESSION_TOKEN)
            .with("AWS_REGION", "us-east-1")
            .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", endpoint().toString())
            .with("DYNAVAULT_VAULT", "vault");
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    tables.forEach(LiveTable::drop);
    tables.clear();
    boolean failed = context.getExecutionException().isPresent();
    List<Path> leaks = failed ? List.of() : filesWithSecrets();
    delete();
    if (!leaks.isEmpty()) {
      throw new AssertionError("files hold secrets: " + leaks);
    }
  }

  private List<Path> filesWithSecrets() throws IOException {
    String key = TestingServers.dynamoDb().credentials().secretAccessKey();
    List<Path> leaks = new ArrayList<>();
    for (Path file : files("")) {
      String content = Files.readString(file, ISO_8859_1);
      if (content.contains(key) || content.contains(SESSION_TOKEN)) {
        leaks.add(file);
      }
    }
    return leaks;
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static URI endpoint() {
    return TestingServers.dynamoDb().endpoint();
  }

  Launcher launcher() {
    return launcher;
  }

  /** Runs the launcher. */
  Finished run(String... arguments) {
    return launcher.run(arguments);
  }

  /** The launcher for a vault in a new bucket. The S3 server does not know session tokens. */
  Launcher onS3() {
    return launcher
        .without("AWS_SESSION_TOKEN")
        .with("DYNAVAULT_S3_ENDPOINT_URL", TestingServers.s3().endpoint().toString())
        .with("DYNAVAULT_VAULT", "s3://" + TestingServers.newBucket() + "/vault");
  }

  Path folder() {
    return folder;
  }

  /** A file or folder below the test's. */
  Path file(String path) {
    return folder.resolve(path);
  }

  /** All files below a folder, sorted, without the store's own in {@code .dynavault}. */
  List<Path> files(String below) {
    try (Stream<Path> files = Files.walk(folder.resolve(below))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/.dynavault/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A table that is dropped after the test. */
  LiveTable fill(DemoTable table) {
    LiveTable live = LiveTable.createFilled(endpoint(), table);
    tables.add(live);
    return live;
  }

  /** A table of this name that the test makes by other means; dropped after the test. */
  LiveTable made(String name) {
    LiveTable live = LiveTable.of(endpoint(), name);
    tables.add(live);
    return live;
  }

  /** All airports, for reading alone: tests of one JVM share them. */
  static LiveTable airports() {
    return Airports.TABLE;
  }

  /** Makes the launcher's vault without a start of the launcher. */
  void createVault() {
    TestingEngine.newVault(vaultStore());
  }

  /** Backs up a table into the launcher's vault without a start of the launcher. */
  void backUp(LiveTable table) throws InterruptedException {
    Vault vault =
        Vault.open(
            vaultStore(),
            Holder.thisProcess("test", Timing.system().random()),
            LeaseSettings.system());
    try (TestingEngine engine = TestingEngine.of(vault, endpoint())) {
      engine.backup(table.name());
    }
  }

  private ObjectStore vaultStore() {
    return new LocalStore(new StoreLocation.Folder(file("vault")), Timing.system().random());
  }

  /** A name for a table that a test is going to make. */
  static String newName() {
    return TestingServers.newTableName("made");
  }

  /** Filled by the first test that asks. */
  private static final class Airports {
    static final LiveTable TABLE =
        LiveTable.createFilled(
            endpoint(), new AirportsTable(TestingServers.newTableName("airports")));
  }
}
