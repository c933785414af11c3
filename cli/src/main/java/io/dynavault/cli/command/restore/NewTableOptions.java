// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.BillingMode;
import io.dynavault.core.table.Encryption;
import io.dynavault.core.table.IndexChoice;
import io.dynavault.core.table.OnDemandThroughput;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.table.Throughput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a table that a restore creates shall have other than it had. */
public final class NewTableOptions {
  @Option(
      names = "--billing-mode",
      paramLabel = "MODE",
      description = "PROVISIONED or PAY_PER_REQUEST; without it as it was")
  private @Nullable BillingMode billingMode;

  @Option(
      names = "--throughput",
      paramLabel = "READ,WRITE",
      description = "provisioned capacity units of the table, such as 100,50")
  private @Nullable String throughput;

  @Option(
      names = "--on-demand-throughput",
      paramLabel = "READ,WRITE",
      description = "most request units of a table on demand, such as 1000,500")
  private @Nullable String onDemandThroughput;

  @Option(
      names = "--global-indexes",
      paramLabel = "all|none|NAME,...",
      split = ",",
      hideParamSyntax = true,
      description = "global secondary indexes to create (default all)")
  private List<String> globalIndexes = List.of();

  @Option(
      names = "--local-indexes",
      paramLabel = "all|none|NAME,...",
      split = ",",
      hideParamSyntax = true,
      description = "local secondary indexes to create (default all)")
  private List<String> localIndexes = List.of();

  @Option(
      names = "--table-encryption",
      paramLabel = "KEY",
      description = "owned (by DynamoDB), managed (by AWS), or the id, ARN or alias of a key")
  private @Nullable String encryption;

  @Option(
      names = "--table-class",
      paramLabel = "CLASS",
      description = "STANDARD or STANDARD_INFREQUENT_ACCESS")
  private @Nullable TableClass tableClass;

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "tag of the restored table, beside its own; can be given several times")
  private Map<String, String> tags = Map.of();

  @Option(
      names = "--deletion-protection",
      paramLabel = "true|false",
      arity = "1",
      description = "whether the restored table is protected; without it as it was")
  private @Nullable Boolean deletionProtection;

  /** AWS's table classes. */
  enum TableClass {
    STANDARD,
    STANDARD_INFREQUENT_ACCESS
  }

  /** What they make other. */
  public TableOverrides overrides() {
    return new TableOverrides(
        Optional.empty(),
        Optional.ofNullable(billingMode),
        Optional.ofNullable(throughput).map(NewTableOptions::throughput),
        Optional.ofNullable(onDemandThroughput).map(NewTableOptions::onDemandThroughput),
        choice(globalIndexes),
        choice(localIndexes),
        Optional.ofNullable(encryption).map(NewTableOptions::encryption),
        Optional.ofNullable(tableClass).map(Enum::name),
        tags,
        Optional.ofNullable(deletionProtection));
  }

  private static Throughput throughput(String text) {
    if (!text.matches("[0-9]{1,9},[0-9]{1,9}")) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to use the throughput '" + text + "': it is not READ,WRITE",
          "write it as 100,50");
    }
    String[] units = text.split(",", -1);
    return new Throughput(Long.parseLong(units[0]), Long.parseLong(units[1]));
  }

  private static OnDemandThroughput onDemandThroughput(String text) {
    if (!text.matches("[0-9]{0,9},[0-9]{0,9}") || text.equals(",")) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to limit a table on demand to '" + text + "': it is not READ,WRITE",
          "write it as 1000,500; leave one out for no limit, as in 1000,");
    }
    String[] units = text.split(",", -1);
    return new OnDemandThroughput(limit(units[0]), limit(units[1]));
  }

  private static OptionalLong limit(String text) {
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  private static IndexChoice choice(List<String> names) {
    if (names.isEmpty() || names.equals(List.of("all"))) {
      return IndexChoice.all();
    }
    return names.equals(List.of("none")) ? IndexChoice.none() : IndexChoice.only(Set.copyOf(names));
  }

  private static Encryption encryption(String key) {
    return switch (key) {
      case "owned" -> Encryption.ownedByDynamoDb();
      case "managed" -> Encryption.managedByAws();
      default -> Encryption.customerKey(key);
    };
  }
}
