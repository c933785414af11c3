// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static io.dynavault.core.error.Failures.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.export.ManifestSummary;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A full export of ten o'clock and windows of a quarter of an hour, read without records. */
class BareChainTest {
  private static final String A = "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}";
  private static final String A2 = "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"2\"}}";
  private static final String B = "{\"pk\":{\"S\":\"b\"}}";
  private static final String C = "{\"pk\":{\"S\":\"c\"}}";

  private final TestingChain chain = new TestingChain();

  @Test
  void everyStateIsThatOfTheRecords() throws InterruptedException {
    full();
    window("10:00", "10:15", OutputFormat.DYNAMODB_JSON, put(A2), deleted(B));
    RecoveryPoint last = window("10:15", "10:30", OutputFormat.ION, put(C));

    assertThat(items(newest(Optional.empty()))).containsExactlyInAnyOrder(A2, C);
    assertThat(items(newest(time("10:29:59")))).containsExactly(A2);
    assertThat(items(newest(time("10:00")))).containsExactlyInAnyOrder(A, B);
    try (ItemContent recorded =
        ChainContent.open(chain.store, ExportChain.endingWith(last, chain.points()))) {
      assertThat(items(newest(Optional.empty()))).isEqualTo(items(recorded));
    }
  }

  @Test
  void aWindowLeadsToItsChainBesideIt() throws InterruptedException {
    full();
    RecoveryPoint first = window("10:00", "10:15", OutputFormat.DYNAMODB_JSON, deleted(A));
    window("10:15", "10:30", OutputFormat.DYNAMODB_JSON, put(C));
    BareExport named = BareExport.find(chain.store, first.export().exportPrefix()).orElseThrow();

    BareChain found = BareChain.endingWith(named, named.withSiblings());

    assertThat(found.exports()).hasSize(2).last().isEqualTo(named);
    assertThat(items(found.open())).containsExactly(B);
  }

  @Test
  void aMissingWindowIsNamedByItsEnd() {
    full();
    window("10:00", "10:15", OutputFormat.DYNAMODB_JSON, put(C));
    window("10:30", "10:45", OutputFormat.DYNAMODB_JSON, put(C));
    RecoveryPoint last = window("10:45", "11:00", OutputFormat.DYNAMODB_JSON, put(C));

    assertThat(failure(ErrorCode.EXPORT_NOT_FOUND, () -> newest(Optional.empty())))
        .hasMessage(
            ("unable to use export '%s': there is neither a full export of 2026-01-02T10:30:00Z"
                    + " nor a window that ends there")
                .formatted(last.export().exportPrefix()))
        .satisfies(
            hole -> assertThat(hole.hint()).contains("--at 2026-01-02T10:30:00Z", "location"));
    assertThat(BareChain.newest(all(), time("10:20")).exports()).hasSize(2);
  }

  /** A full export that was not told its time is of a millisecond; windows are of whole seconds. */
  @Test
  void aFullExportGoesWithTheWindowThatBeginsInItsSecond() throws InterruptedException {
    chain.full("2026-01-02T10:00:00.622Z", A, B);
    window("10:00", "10:15", OutputFormat.DYNAMODB_JSON, put(A2), deleted(B));

    try (ItemContent content = newest(Optional.empty())) {
      assertThat(content.notes())
          .anySatisfy(
              note ->
                  assertThat(note)
                      .contains("is of 2026-01-02T10:00:00.622Z", "from 2026-01-02T10:00:00Z on"));
    }
    assertThat(items(newest(Optional.empty()))).containsExactly(A2);
    assertThat(items(newest(time("10:00:01")))).containsExactlyInAnyOrder(A, B);
    failure(ErrorCode.EXPORT_NOT_FOUND, () -> newest(time("10:00")));
  }

  /** What was written before the window begins and after the full export is in neither. */
  @Test
  void aWindowThatBeginsInTheNextSecondLeavesAGap() {
    chain.full("2026-01-02T10:00:00.622Z", A, B);
    chain.window(
        "2026-01-02T10:00:01Z", "2026-01-02T10:15:01Z", OutputFormat.ION, List.of(put(A2)));

    failure(ErrorCode.EXPORT_NOT_FOUND, () -> newest(Optional.empty()));
  }

  @Test
  void windowsWithoutAnyChangeLeaveTheBase() throws InterruptedException {
    full();
    window("10:00", "10:15", OutputFormat.DYNAMODB_JSON);

    assertThat(items(newest(Optional.empty()))).containsExactlyInAnyOrder(A, B);
  }

  @Test
  void aStateBeforeAllExportsIsNotThere() {
    full();

    assertThat(failure(ErrorCode.EXPORT_NOT_FOUND, () -> newest(time("09:00"))))
        .hasMessage(
            "unable to find an export of a state that is not later than 2026-01-02T09:00:00Z");
  }

  @Test
  void exportsOfSeveralTablesAreNotMixed() {
    full();
    BareExport ours = all().get(0);
    var summary = ours.summary();
    BareExport theirs =
        new BareExport(
            ours.store(),
            "exports/AWSDynamoDB/other",
            new ManifestSummary(
                summary.version(),
                summary.exportArn(),
                summary.startTime(),
                summary.endTime(),
                "arn:aws:dynamodb:us-east-1:111122223333:table/users",
                "another-table",
                summary.span(),
                summary.destination(),
                summary.manifestFilesS3Key(),
                summary.billedSizeBytes(),
                summary.itemCount(),
                summary.outputFormat()));

    assertThat(
            failure(
                ErrorCode.USAGE, () -> BareChain.newest(List.of(ours, theirs), Optional.empty())))
        .hasMessageContaining("table/orders', 'arn:aws")
        .hasMessageContaining("table/users");
    assertThat(BareChain.endingWith(ours, List.of(theirs, ours)).exports()).containsExactly(ours);
  }

  private List<BareExport> all() {
    return BareExport.below(chain.store, "exports");
  }

  private ItemContent newest(Optional<Instant> at) {
    return BareChain.newest(all(), at).open();
  }

  private void full() {
    chain.full("2026-01-02T10:00:00Z", A, B);
  }

  private RecoveryPoint window(String from, String to, OutputFormat format, ItemChange... changes) {
    return chain.window(
        "2026-01-02T" + from + ":00Z", "2026-01-02T" + to + ":00Z", format, List.of(changes));
  }

  private static Optional<Instant> time(String time) {
    return Optional.of(Instant.parse("2026-01-02T" + time + (time.length() == 5 ? ":00Z" : "Z")));
  }

  private static ItemChange put(String item) {
    return new ItemChange(key(item), Optional.empty(), Optional.of(item(item)), OptionalLong.of(7));
  }

  private static ItemChange deleted(String item) {
    return new ItemChange(key(item), Optional.empty(), Optional.empty(), OptionalLong.of(5));
  }

  private static Item key(String item) {
    return item("{\"pk\":{\"S\":\"" + item.charAt(12) + "\"}}");
  }

  private static Item item(String json) {
    return DynamoDbJson.decode(json.getBytes(UTF_8));
  }

  private static Set<String> items(ItemContent content) throws InterruptedException {
    List<String> items = new ArrayList<>();
    try (content) {
      for (ContentPart part : content.parts()) {
        part.read(
            (json, offset, length, size) -> items.add(new String(json, offset, length, UTF_8)));
      }
    }
    assertThat(items).doesNotHaveDuplicates();
    return new TreeSet<>(items);
  }
}
