// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Table definitions for tests: the two of the golden files. */
public final class TestingTables {
  static final KeyAttribute CUSTOMER = new KeyAttribute("customer", ScalarType.S);
  static final KeyAttribute ORDER = new KeyAttribute("order", ScalarType.N);
  static final KeyAttribute DIGEST = new KeyAttribute("digest", ScalarType.B);
  static final KeyAttribute COUNTRY = new KeyAttribute("country", ScalarType.S);

  private static final String ARN = "arn:aws:dynamodb:eu-central-1:111122223333:table/orders";
  private static final String ID = "6a1c0d1e-6c5b-4f5e-9d0c-5e4b2b7a9f10";

  private TestingTables() {}

  /** An on-demand table with a partition key only and nothing set. */
  public static TableDefinition onDemand() {
    KeyAttribute pk = new KeyAttribute("pk", ScalarType.S);
    return new TableDefinition(
        "orders",
        ARN,
        ID,
        KeySchema.of(pk),
        List.of(pk),
        List.of(),
        List.of(),
        BillingMode.PAY_PER_REQUEST,
        Optional.empty(),
        Optional.of(new OnDemandThroughput(OptionalLong.of(1000), OptionalLong.empty())),
        new TableSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Map.of(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of("tags", "resourcePolicy")));
  }

  /** A provisioned table with indexes of both kinds and every setting. */
  public static TableDefinition everything() {
    return new TableDefinition(
        "orders",
        ARN,
        ID,
        KeySchema.of(CUSTOMER, ORDER),
        List.of(CUSTOMER, ORDER, DIGEST, COUNTRY),
        List.of(
            new SecondaryIndex(
                "by-digest",
                IndexKeySchema.of(CUSTOMER, DIGEST),
                new Projection("KEYS_ONLY", List.of()),
                Optional.empty(),
                Optional.empty())),
        List.of(
            new SecondaryIndex(
                "by-place",
                new IndexKeySchema(List.of(COUNTRY, CUSTOMER), List.of(ORDER)),
                new Projection("INCLUDE", List.of("total", "currency")),
                Optional.of(new Throughput(3, 4)),
                Optional.empty())),
        BillingMode.PROVISIONED,
        Optional.of(new Throughput(5, 6)),
        Optional.empty(),
        everySetting());
  }

  private static TableSettings everySetting() {
    return new TableSettings(
        Optional.of("expires"),
        Optional.of("NEW_AND_OLD_IMAGES"),
        Optional.of("KMS"),
        Optional.of(
            "arn:aws:kms:eu-central-1:111122223333:key/0f5e7c1a-0000-4000-8000-000000000001"),
        Optional.of("STANDARD_INFREQUENT_ACCESS"),
        true,
        Map.of("team", "billing", "owner", ""),
        OptionalInt.of(35),
        Optional.of("{\"Version\":\"2012-10-17\",\"Statement\":[]}"),
        Optional.of("{\"scalableTargets\":[],\"scalingPolicies\":[]}"),
        List.of());
  }

  /** The same table with other settings. */
  static TableDefinition withSettings(TableDefinition table, TableSettings settings) {
    return new TableDefinition(
        table.tableName(),
        table.tableArn(),
        table.tableId(),
        table.keySchema(),
        table.attributeDefinitions(),
        table.localSecondaryIndexes(),
        table.globalSecondaryIndexes(),
        table.billingMode(),
        table.throughput(),
        table.onDemandThroughput(),
        settings);
  }

  /** The same table with this auto scaling, or without any for null. */
  static TableDefinition withAutoScaling(TableDefinition table, String autoScaling) {
    TableSettings s = table.settings();
    return withSettings(
        table,
        new TableSettings(
            s.timeToLiveAttribute(),
            s.streamViewType(),
            s.sseType(),
            s.kmsMasterKeyArn(),
            s.tableClass(),
            s.deletionProtection(),
            s.tags(),
            s.pointInTimeRecoveryDays(),
            s.resourcePolicy(),
            Optional.ofNullable(autoScaling),
            s.notAnswered()));
  }
}
