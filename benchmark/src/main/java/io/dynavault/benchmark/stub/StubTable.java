// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.stub;

import io.dynavault.benchmark.data.Pages;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of the stub. Its name says all about it, as in {@code provisioned-100-2000-500}: how it
 * is billed, its pages, and its read and write capacity.
 *
 * @param pages pages of a Scan over it
 * @param readUnits per second: provisioned, or the most that an on-demand table gives
 */
public record StubTable(Billing billing, int pages, long readUnits, long writeUnits) {
  private static final Pattern NAME =
      Pattern.compile("(provisioned|maximum|ondemand)-(\\d+)-(\\d+)-(\\d+)");

  /** How a table is billed, and whether it has a limit. */
  public enum Billing {
    PROVISIONED,
    /** On demand with a maximum. */
    MAXIMUM,
    ONDEMAND
  }

  /** An on-demand table without limit. */
  public static StubTable ofPages(int pages) {
    return new StubTable(Billing.ONDEMAND, pages, 0, 0);
  }

  static Optional<StubTable> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new StubTable(
            Billing.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
            Integer.parseInt(matcher.group(2)),
            Long.parseLong(matcher.group(3)),
            Long.parseLong(matcher.group(4))));
  }

  /** What clients call it. */
  public String name() {
    return "%s-%d-%d-%d"
        .formatted(billing.name().toLowerCase(Locale.ROOT), pages, readUnits, writeUnits);
  }

  /** The answer to DescribeTable. */
  String description(Pages content) {
    return """
    {"Table":{"TableName":"%1$s","TableStatus":"ACTIVE","CreationDateTime":1.7E9,
    "TableArn":"arn:aws:dynamodb:us-east-1:123456789012:table/%1$s",
    "TableId":"12345678-1234-1234-1234-123456789012",
    "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
    "ItemCount":%2$d,"TableSizeBytes":%3$d,%4$s}}\
    """
        .formatted(name(), items(content), bytes(content), capacity());
  }

  /** Items of the table; for the largest ones not counted page by page. */
  public long items(Pages content) {
    long rounds = pages / content.count();
    return rounds * content.items(content.count()) + content.items(pages % content.count());
  }

  private long bytes(Pages content) {
    long rounds = pages / content.count();
    return rounds * content.itemBytes(content.count()) + content.itemBytes(pages % content.count());
  }

  private String capacity() {
    return switch (billing) {
      case PROVISIONED ->
          """
          "ProvisionedThroughput":{"ReadCapacityUnits":%d,"WriteCapacityUnits":%d}\
          """
              .formatted(readUnits, writeUnits);
      case MAXIMUM ->
          """
          "BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"},
          "OnDemandThroughput":{"MaxReadRequestUnits":%d,"MaxWriteRequestUnits":%d}\
          """
              .formatted(readUnits, writeUnits);
      case ONDEMAND ->
          """
          "BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"}\
          """;
    };
  }
}
