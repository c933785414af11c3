// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.TestingTransport;
import io.dynavault.core.vault.CallbackStore;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.layout.ObjectKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackupRunTest {
  private static final String PAGE =
      "{\"Count\":1,\"Items\":[{\"pk\":{\"S\":\"a\"}}],\"ScannedCount\":1}";

  private final TestingVault testing = new TestingVault();
  private final TableDefinition table =
      TestingPoints.point("orders", "2026-11-21T00:00:00Z").table();
  private boolean broken;
  private final TestingTransport transport = new TestingTransport(this::answer);

  private String answer(String operation, String body) {
    if (broken) {
      throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "unable to scan: down");
    }
    return PAGE;
  }

  /** A unit reads 8192 bytes: eight items of a KB, as long as no page was seen. */
  @Test
  void aResumedBackupReadsWithTheBudgetThatIsGivenNow() throws Exception {
    interrupt(Optional.empty());

    BackupResult result =
        run(testing.vault).resume("orders", Optional.of(new CapacityBudget.Units(1)));

    assertThat(lastScan()).contains("\"Limit\":8");
    assertThat(result.recoveryPoint().export().itemCount()).isPositive();
    assertThat(result.notes()).isEmpty();
  }

  @Test
  void withoutOneItGoesOnWithThatOfThePlan() throws Exception {
    interrupt(Optional.of(new CapacityBudget.Units(2)));

    run(testing.vault).resume("orders", Optional.empty());

    assertThat(lastScan()).contains("\"Limit\":16");
  }

  @Test
  void aJournalThatCannotBeRemovedIsNotedAndHarmsNothing() throws Exception {
    ObjectStore keeping =
        new CallbackStore(testing.memory) {
          @Override
          public void delete(String key) {
            throw new DynavaultException(ErrorCode.ACCESS_DENIED, "unable to delete: denied");
          }
        };
    Vault vault = testing.on("here", keeping);

    BackupResult result = run(vault).start(plan(Optional.empty()));

    assertThat(testing.vault.catalog().exists("orders", result.recoveryPoint().id())).isTrue();
    assertThat(result.notes())
        .singleElement()
        .asString()
        .startsWith("the journal of backup '" + result.recoveryPoint().id() + "'")
        .contains("could not be removed, gc will: ");
  }

  /** What it wrote now would be debris that no journal leads to, or another one's manifests. */
  @Test
  @Tag("F10")
  void aRunThatWasReplacedWhileItReadWritesNoManifest() {
    TableIdentity identity =
        new TableIdentity(
            name -> {
              loseTheLease();
              return table;
            });
    BackupRun run = new BackupRun(testing.vault, transport, identity, context(), "test");

    failure(ErrorCode.LEASE_LOST, () -> run.start(plan(Optional.empty())));

    assertThat(manifests()).isEmpty();
  }

  @Test
  @Tag("F10")
  void aRunThatWasReplacedLaterReplacesNoManifest() throws Exception {
    CallbackStore dying = new CallbackStore(testing.memory);
    dying.beforeEachWrite(
        key -> {
          if (key.startsWith(ObjectKeys.recoveryPoints())) {
            throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "unable to write: down");
          }
        });
    failure(
        ErrorCode.SERVICE_UNAVAILABLE,
        () -> run(testing.on("here", dying)).start(plan(Optional.empty())));
    List<String> written = manifests();
    assertThat(written).isNotEmpty();
    CallbackStore replaced = new CallbackStore(testing.memory);
    written.forEach(key -> replaced.beforePutIfAbsent(key, this::loseTheLease));
    List<String> writes = Collections.synchronizedList(new ArrayList<>());
    replaced.beforeEachWrite(writes::add);

    failure(
        ErrorCode.LEASE_LOST,
        () -> run(testing.on("here", replaced)).resume("orders", Optional.empty()));

    assertThat(writes.stream().filter(BackupRunTest::isManifest))
        .as("tried once, where none is")
        .hasSize(1);
  }

  private void loseTheLease() {
    testing.memory.delete(LeaseName.backup("orders").key());
  }

  private List<String> manifests() {
    List<String> keys = new ArrayList<>();
    testing.memory.list("", info -> keys.add(info.key()));
    keys.removeIf(key -> !isManifest(key));
    return keys;
  }

  private static boolean isManifest(String key) {
    return key.contains("/manifest-");
  }

  private void interrupt(Optional<CapacityBudget> budget) {
    broken = true;
    failure(ErrorCode.SERVICE_UNAVAILABLE, () -> run(testing.vault).start(plan(budget)));
    broken = false;
  }

  private BackupRun run(Vault vault) {
    return new BackupRun(vault, transport, new TableIdentity(name -> table), context(), "test");
  }

  private static RunContext context() {
    return RunContext.system("orders", new StopSignal());
  }

  private BackupPlan plan(Optional<CapacityBudget> budget) {
    BackupOptions options =
        new BackupOptions(
            1,
            budget,
            OutputFormat.DYNAMODB_JSON,
            Compression.GZIP,
            BackupOptions.DEFAULT_FILE_BYTES,
            Map.of(),
            Optional.empty());
    return new BackupPlanner(transport.endpoint(), testing.time, Timing.system().random())
        .plan(new BackupRequest(ScanQuery.all("orders", false), options), table, 1, 0);
  }

  private String lastScan() {
    List<TestingTransport.Request> requests = transport.requests();
    return requests.get(requests.size() - 1).body();
  }
}
