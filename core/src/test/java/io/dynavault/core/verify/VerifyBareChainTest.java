// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.content.TestingChain;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemChange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Full and incremental exports that AWS has written somewhere, without records. */
class VerifyBareChainTest {
  private static final String A = "{\"pk\":{\"S\":\"a\"}}";
  private static final String B = "{\"pk\":{\"S\":\"b\"}}";

  private final TestingChain chain = new TestingChain();

  @ParameterizedTest
  @EnumSource
  void aWindowIsReadChangeByChange(OutputFormat format) {
    RecoveryPoint window = window("10:00", "10:15", format);

    VerifyResult result = verify(window.export().exportPrefix());

    assertThat(result.findings()).isEmpty();
    assertThat(result.exports())
        .singleElement()
        .satisfies(
            export -> {
              assertThat(export.items()).isEqualTo(2);
              assertThat(export.filesRead()).isEqualTo(2);
            });
  }

  /** Its data files lie in a folder that it shares with others. */
  @Test
  void aDataFileOfAWindowThatIsLostOrChangedIsNamed() {
    RecoveryPoint window = window("10:00", "10:15", OutputFormat.DYNAMODB_JSON);
    chain.store.delete("exports/AWSDynamoDB/data/a0.json.gz");
    chain.store.put("exports/AWSDynamoDB/data/b0.json.gz", new byte[] {31, -117, 8});

    VerifyResult result = verify(window.export().exportPrefix());

    assertThat(result.sound()).isFalse();
    assertThat(result.findings())
        .extracting(Finding::key)
        .containsExactlyInAnyOrder(
            "exports/AWSDynamoDB/data/a0.json.gz", "exports/AWSDynamoDB/data/b0.json.gz");
  }

  @Test
  void allExportsBelowAPrefixAreVerifiedWhateverOneOfThemSays() {
    chain.full("2026-01-02T10:00:00Z", A, B);
    RecoveryPoint broken = window("10:00", "10:15", OutputFormat.DYNAMODB_JSON);
    window("10:15", "10:30", OutputFormat.ION);
    String summary = broken.export().exportPrefix() + "/manifest-summary.json";
    chain.store.put(summary, "{".getBytes(UTF_8));

    VerifyResult result = verify("exports");

    assertThat(result.exports()).extracting(VerifiedExport::items).containsExactly(2L, 0L, 2L);
    assertThat(result.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.key()).isEqualTo(broken.export().exportPrefix()));
  }

  private VerifyResult verify(String location) {
    return TestingExport.verify(
        new VerifyTarget.BareExport(chain.store, location, Optional.empty()), VerifyLevel.DATA);
  }

  private RecoveryPoint window(String from, String to, OutputFormat format) {
    Item a = DynamoDbJson.decode(A.getBytes(UTF_8));
    Item b = DynamoDbJson.decode(B.getBytes(UTF_8));
    return chain.window(
        "2026-01-02T" + from + ":00Z",
        "2026-01-02T" + to + ":00Z",
        format,
        List.of(
            new ItemChange(a, Optional.of(a), Optional.empty(), OptionalLong.of(5)),
            new ItemChange(b, Optional.empty(), Optional.of(b), OptionalLong.of(6))));
  }
}
