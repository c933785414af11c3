// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.content.ChainContent;
import io.dynavault.core.content.ContentPart;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.s3.S3Encryption;
import io.dynavault.core.vault.ExportWindow;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ExportView;
import io.dynavault.format.export.OutputFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncrementalExportTest {
  private static final String A = "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}";
  private static final String A_CHANGED = "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"2\"}}";
  private static final String B = "{\"pk\":{\"S\":\"b\"}}";
  private static final String C = "{\"pk\":{\"S\":\"c\"},\"bin\":{\"B\":\"AAE=\"}}";
  private static final String D = "{\"pk\":{\"S\":\"d\"},\"set\":{\"NS\":[\"1\",\"2\"]}}";

  /** The stub's clock is five minutes ahead of what it calls restorable. */
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private static final ExportScope CHANGES = new ExportScope.Changes(ExportView.NEW_AND_OLD_IMAGES);

  private final ExportWorld world = new ExportWorld(A, B, C);
  private Instant base = Instant.EPOCH;

  @BeforeEach
  void beginAChain() throws InterruptedException {
    world.recoverable();
    base = world.run().start(world.plan(new ExportScope.Now())).recoveryPoints().get(0).endTime();
    world.stub.snapshotForPitr(ExportWorld.TABLE, base);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "NEW_AND_OLD_IMAGES, DYNAMODB_JSON",
    "NEW_IMAGE, DYNAMODB_JSON",
    "NEW_AND_OLD_IMAGES, ION",
    "NEW_IMAGE, ION"
  })
  void everyWindowEndGivesTheTableOfThen(ExportView view, OutputFormat format)
      throws InterruptedException {
    RecoveryPoint first = window(view, format, A_CHANGED, C, D);
    RecoveryPoint second = window(view, format, C, D, B);
    RecoveryPoint third = window(view, format, D);

    assertThat(state(first)).containsExactlyInAnyOrder(A_CHANGED, C, D);
    assertThat(state(second)).containsExactlyInAnyOrder(C, D, B);
    assertThat(state(third)).containsExactly(D);
    assertThat(first.export().window().map(ExportWindow::from)).contains(base);
    assertThat(second.export().window().map(ExportWindow::from)).contains(first.endTime());
    assertThat(first.export().dataFiles())
        .allMatch(file -> file.key().contains("/Orders/AWSDynamoDB/data/"));
  }

  @Test
  void cutsWhatIsBehindIntoWindowsOfADay() {
    world.stub.clock().advance(Duration.ofDays(3));

    List<ExportOrder> orders = world.plan(CHANGES).orders();

    assertThat(orders)
        .extracting(order -> ((ExportSpan.Window) order.span()).from())
        .containsExactly(base, base.plus(Duration.ofDays(1)), base.plus(Duration.ofDays(2)));
    assertThat(((ExportSpan.Window) orders.get(2).span()).to())
        .isEqualTo(Instant.parse("2026-01-06T02:59:05Z"));
  }

  @Test
  void runsAllWindowsAndRecordsThemInOrder() throws InterruptedException {
    world.stub.clock().advance(Duration.ofDays(2));
    world.stub.doneAfterLooks(2);

    ExportResult result = world.run().start(world.plan(CHANGES));

    assertThat(result.recoveryPoints()).hasSize(2);
    assertThat(ExportChain.newest(tableId(), world.points()).orElseThrow().end())
        .isEqualTo(Instant.parse("2026-01-05T02:59:05Z"));
    ExportPlan next = world.plan(CHANGES);
    assertThat(next.orders()).isEmpty();
    assertThat(next.notes())
        .containsExactly(
            "nothing is exported yet: the last export ends at 2026-01-05T02:59:05Z, and a window"
                + " has 15 minutes at least");
    assertThat(world.run().start(next).recoveryPoints()).isEmpty();
  }

  @Test
  void aRestThatIsTooShortWaits() {
    world.stub.clock().advance(Duration.ofDays(1).plusMinutes(15));

    assertThat(world.plan(CHANGES).orders()).hasSize(1);
  }

  @Test
  void aWindowThatFailedIsMadeTheNextTime() throws InterruptedException {
    world.stub.clock().advance(Duration.ofDays(3));
    ExportPlan plan = world.plan(CHANGES);
    run(plan.orders().get(0));
    RecoveryPoint orphan = run(plan.orders().get(2));

    DynavaultException hole =
        catchThrowableOfType(
            DynavaultException.class, () -> ExportChain.endingWith(orphan, world.points()));
    assertThat(hole.code()).isEqualTo(ErrorCode.RECOVERY_POINT_NOT_FOUND);
    assertThat(hole).hasMessageContaining(base.plus(Duration.ofDays(2)).toString());
    assertThat(hole.hint()).contains("--incremental");

    ExportPlan mending = world.plan(CHANGES);
    assertThat(mending.orders()).hasSize(1);
    assertThat(mending.orders().get(0).span()).isEqualTo(plan.orders().get(1).span());
    assertThat(mending.notes().get(0)).startsWith("closes a hole in the chain from ");
    run(mending.orders().get(0));
    assertThat(ExportChain.endingWith(orphan, world.points()).windows()).hasSize(3);
  }

  @Test
  @Tag("G15")
  void oneWindowThatFailsDoesNotLoseTheOthers() {
    world.stub.clock().advance(Duration.ofDays(3));
    ExportPlan plan = world.plan(CHANGES);
    ExportOrder bad = plan.orders().get(1);
    ExportPlace elsewhere = new ExportPlace("no-such-bucket", "", bad.place().prefix());
    List<ExportOrder> orders = new ArrayList<>(plan.orders());
    orders.set(1, new ExportOrder(bad.table(), elsewhere, bad.span(), bad.timing(), bad.options()));

    DynavaultException failed =
        catchThrowableOfType(
            DynavaultException.class,
            () -> world.run().start(new ExportPlan("Orders", 0, 0, orders, List.of())));

    assertThat(failed.code()).isEqualTo(ErrorCode.VAULT_NOT_FOUND);
    assertThat(failed).hasMessageEndingWith("(2 of 3 exports are in the vault)");
    assertThat(world.points()).hasSize(3);
  }

  @Test
  void refusesToGoOnAfterThePastIsGone() {
    world.stub.clock().advance(Duration.ofDays(40));

    DynavaultException late =
        catchThrowableOfType(DynavaultException.class, () -> world.plan(CHANGES));

    assertThat(late.code()).isEqualTo(ErrorCode.RECOVERY_POINT_NOT_FOUND);
    assertThat(late)
        .hasMessage(
            "unable to continue the exports of table 'Orders': the last one ends at"
                + " 2026-01-03T03:04:05Z, and point-in-time recovery goes back to"
                + " 2026-01-08T03:04:05Z only");
    assertThat(late.hint())
        .isEqualTo(
            "begin a chain with a full export: dynavault backup --method export --table Orders");
  }

  @Test
  void aTableThatWasMadeAgainBeginsANewChain() throws InterruptedException {
    world.client.deleteTable(b -> b.tableName("Orders"));
    world.stub.declareTable(ExportWorld.ORDERS, D);
    world.recoverable();

    DynavaultException other =
        catchThrowableOfType(DynavaultException.class, () -> world.plan(CHANGES));

    assertThat(other.code()).isEqualTo(ErrorCode.TABLE_CHANGED);
    assertThat(other)
        .hasMessage(
            "unable to export changes of table 'Orders': it was deleted and created again since its"
                + " last full export");
    world.run().start(world.plan(new ExportScope.Now()));
    assertThat(world.plan(CHANGES).orders()).isEmpty();
  }

  @Test
  void aTableWithoutAFullExportHasNoChain() {
    try (ExportWorld empty = new ExportWorld(A)) {
      empty.recoverable();
      DynavaultException none =
          catchThrowableOfType(DynavaultException.class, () -> empty.plan(CHANGES));
      assertThat(none)
          .hasMessage(
              "unable to export changes of table 'Orders': the vault has no full export of it to"
                  + " begin with");
    }
  }

  @Test
  void recoveryThatIsOffIsTold() {
    world.client.updateContinuousBackups(
        b ->
            b.tableName("Orders")
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(false)));

    DynavaultException off =
        catchThrowableOfType(DynavaultException.class, () -> world.plan(CHANGES));

    assertThat(off.code()).isEqualTo(ErrorCode.PITR_OFF);
    assertThat(off.hint()).isEqualTo("turn it on with: dynavault pitr enable --table Orders");
  }

  private RecoveryPoint window(ExportView view, OutputFormat format, String... items)
      throws InterruptedException {
    world.stub.replaceItems(ExportWorld.TABLE, items);
    world.stub.clock().advance(HALF_HOUR);
    ExportOptions options =
        new ExportOptions(
            format,
            S3Encryption.bucketDefault(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty());
    ExportPlan plan = world.plan(new ExportScope.Changes(view), options);
    assertThat(plan.orders()).hasSize(1);
    Instant end = ((ExportSpan.Window) plan.orders().get(0).span()).to();
    world.stub.snapshotForPitr(ExportWorld.TABLE, end);
    return world.run().start(plan).recoveryPoints().get(0);
  }

  private RecoveryPoint run(ExportOrder order) throws InterruptedException {
    StartedExport started = world.exports.start(order);
    world.exports.poll(started);
    return world.exports.commit(started);
  }

  private String tableId() {
    return world.points().get(0).table().tableId();
  }

  private List<String> state(RecoveryPoint point) throws InterruptedException {
    List<String> items = new ArrayList<>();
    ExportChain chain = ExportChain.endingWith(point, world.points());
    try (ChainContent content = ChainContent.open(world.vault.store(), chain)) {
      for (ContentPart part : content.parts()) {
        part.read(
            (json, offset, length, size) ->
                items.add(new String(json, offset, length, StandardCharsets.UTF_8)));
      }
    }
    return items;
  }
}
