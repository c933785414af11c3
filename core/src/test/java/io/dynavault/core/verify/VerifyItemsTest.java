// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Items that are wrong although every checksum is right: the writer's fault. */
class VerifyItemsTest {
  private static final String A = "{\"pk\":{\"S\":\"a\"}}";
  private static final String B = "{\"pk\":{\"S\":\"b\"}}";

  private final TestingVault testing = new TestingVault();

  @Test
  void namesTheLineThatIsNoItem() {
    RecoveryPoint point =
        TestingExport.orders().file(A, "{\"pk\":{\"S\":5}}", B).file(B).commit(testing);

    assertThat(verify())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.place())
                  .isEqualTo(point.export().exportPrefix() + "/data/file0.json.gz, line 2");
              assertThat(finding.isError()).isTrue();
            });
    assertThat(TestingExport.verify(testing.vault, VerifyLevel.CHECKSUMS).findings()).isEmpty();
  }

  @Test
  void namesItemsWithoutTheirKey() {
    TestingExport.orders()
        .file(A, "{\"x\":{\"S\":\"secret\"}}", "{\"pk\":{\"N\":\"5\"}}", B)
        .commit(testing);

    List<Finding> findings = verify();

    assertThat(findings).extracting(Finding::line).containsExactly(line(2), line(3));
    assertThat(findings).allSatisfy(f -> assertThat(f.what()).contains("pk"));
    assertThat(findings).noneMatch(f -> f.what().contains("secret"));
  }

  @Test
  void countsWhatItDoesNotList() {
    String[] items = new String[50];
    Arrays.fill(items, "{\"x\":{\"S\":\"y\"}}");
    TestingExport.orders().file(items).commit(testing);

    List<Finding> findings = verify();

    assertThat(findings).hasSize(21);
    assertThat(findings)
        .extracting(Finding::what)
        .contains("30 more items of this file have defects");
  }

  @Test
  void warnsOfItemsThatDynamoDbDoesNotTake() {
    String largest = item("a", 400 * 1024 - 4); // pk, a and x are 4 bytes
    String tooLarge = item("b", 400 * 1024 - 3);
    TestingExport.orders().file(largest, tooLarge).commit(testing);

    assertThat(verify())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.line()).isEqualTo(line(2));
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
              assertThat(finding.what())
                  .isEqualTo("the item has 409601 bytes, DynamoDB takes at most 409600");
            });
  }

  @ParameterizedTest
  @CsvSource({"DYNAMODB_JSON, GZIP", "ION, ZSTD"})
  void findsKeysThatOccurTwice(OutputFormat format, Compression compression) {
    RecoveryPoint point =
        new TestingExport("orders", TestingExport.START, format, compression)
            .file(A, B)
            .file("{\"pk\":{\"S\":\"c\"}}", "{\"pk\":{\"S\":\"a\"},\"more\":{\"BOOL\":true}}")
            .commit(testing);

    assertThat(verify())
        .singleElement()
        .satisfies(
            finding -> {
              String suffix = format.suffix() + compression.suffix();
              assertThat(finding.place())
                  .isEqualTo(point.export().exportPrefix() + "/data/file1" + suffix + ", line 2");
              assertThat(finding.what())
                  .isEqualTo(
                      "the item has the same key as line 1 of '"
                          + point.export().exportPrefix()
                          + "/data/file0"
                          + suffix
                          + "'");
            });
  }

  @Test
  void countsDuplicatesThatItDoesNotList() {
    String[] items = new String[250];
    Arrays.fill(items, A);
    TestingExport.orders().file(items).commit(testing);

    List<Finding> findings = verify();

    assertThat(findings).hasSize(101);
    assertThat(findings)
        .extracting(Finding::what)
        .contains("149 more items have keys of other items");
  }

  @Test
  void numbersThatAreEqualAreTheSameKey() {
    KeySchema schema = KeySchema.of(new KeyAttribute("id", ScalarType.N));
    RecoveryPoint point =
        TestingExport.orders()
            .file("{\"id\":{\"N\":\"1\"}}", "{\"id\":{\"N\":\"1.0\"}}", "{\"id\":{\"N\":\"10\"}}")
            .store(testing.memory);
    VerifyTarget target =
        new VerifyTarget.BareExport(
            testing.memory, point.export().exportPrefix(), Optional.of(schema));

    List<Finding> findings = TestingExport.verify(target, VerifyLevel.DATA).findings();

    assertThat(findings).extracting(Finding::line).containsExactly(line(2));
  }

  @Test
  void doesNotLookAtKeysWhoseSchemaIsUnknown() {
    RecoveryPoint point = TestingExport.orders().file(A, A).store(testing.memory);
    VerifyTarget target =
        new VerifyTarget.BareExport(
            testing.memory, point.export().exportPrefix(), Optional.empty());
    assertThat(TestingExport.verify(target, VerifyLevel.DATA).findings()).isEmpty();
  }

  @Test
  void warnsOfARecordWithAnotherSize() throws Exception {
    TestingExport export = TestingExport.orders().file(A, B);
    export.store(testing.memory);
    try (var lease = testing.vault.leases().acquire(LeaseName.backup("orders"))) {
      testing.vault.commit(export.record(7), lease);
    }

    assertThat(verify())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
              assertThat(finding.what()).isEqualTo("its items have 6 bytes, in the record 7");
            });
  }

  private List<Finding> verify() {
    return TestingExport.verify(testing.vault, VerifyLevel.DATA).findings();
  }

  private static OptionalLong line(long number) {
    return OptionalLong.of(number);
  }

  private static String item(String key, int length) {
    return "{\"pk\":{\"S\":\"" + key + "\"},\"x\":{\"S\":\"" + "y".repeat(length) + "\"}}";
  }
}
