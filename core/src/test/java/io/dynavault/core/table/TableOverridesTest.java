// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableOverridesTest {
  private final TableDefinition everything = TestingTables.everything();
  private final TableDefinition onDemand = TestingTables.onDemand();

  @Test
  void noneChangesNothing() {
    assertThat(TableOverrides.none().apply(everything)).isEqualTo(everything);
    assertThat(TableOverrides.none().apply(onDemand)).isEqualTo(onDemand);
  }

  @Test
  void renamesButRemembersWhereItCameFrom() {
    TableDefinition renamed = TableOverrides.none().withTableName("copy").apply(everything);

    assertThat(renamed.tableName()).isEqualTo("copy");
    assertThat(renamed.tableArn()).isEqualTo(everything.tableArn());
  }

  @Test
  void onDemandNeedsNoCapacityAndNoScaling() {
    TableDefinition changed = mode(BillingMode.PAY_PER_REQUEST).apply(everything);

    assertThat(changed.billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(changed.throughput()).isEmpty();
    assertThat(changed.globalSecondaryIndexes().get(0).throughput()).isEmpty();
    assertThat(changed.settings().autoScaling()).isEmpty();
  }

  @Test
  void provisionedIndexesWithoutCapacityGetThatOfTheTable() {
    SecondaryIndex index =
        new SecondaryIndex(
            "i",
            IndexKeySchema.of(onDemand.keySchema().partitionKey()),
            new Projection("ALL", List.of()),
            Optional.empty(),
            onDemand.onDemandThroughput());
    TableDefinition withIndex = withGlobalIndexes(onDemand, List.of(index));

    TableDefinition changed =
        TableOverrides.builder()
            .billingMode(BillingMode.PROVISIONED)
            .throughput(new Throughput(7, 8))
            .build()
            .apply(withIndex);

    assertThat(changed.throughput()).contains(new Throughput(7, 8));
    assertThat(changed.onDemandThroughput()).isEmpty();
    assertThat(changed.globalSecondaryIndexes().get(0).throughput()).contains(new Throughput(7, 8));
    assertThat(changed.globalSecondaryIndexes().get(0).onDemandThroughput()).isEmpty();
  }

  @Test
  void throughputOfAProvisionedTableLeavesIndexesAlone() {
    TableDefinition changed = units(100, 200).apply(everything);

    assertThat(changed.throughput()).contains(new Throughput(100, 200));
    assertThat(changed.globalSecondaryIndexes()).isEqualTo(everything.globalSecondaryIndexes());
  }

  @Test
  void refusesThroughputOfAnOnDemandTable() {
    DynavaultException failure = failure(units(1, 1), onDemand);

    assertThat(failure.code()).isEqualTo(ErrorCode.USAGE);
    assertThat(failure).hasMessage("unable to give table 'orders' a throughput: it is on demand");
  }

  @Test
  void refusesProvisionedWithoutThroughput() {
    assertThat(failure(mode(BillingMode.PROVISIONED), onDemand))
        .hasMessage("unable to make table 'orders' provisioned: no throughput is known");
  }

  @Test
  void droppingIndexesDropsTheirAttributes() {
    TableDefinition changed = indexes(IndexChoice.none(), IndexChoice.none()).apply(everything);

    assertThat(changed.globalSecondaryIndexes()).isEmpty();
    assertThat(changed.localSecondaryIndexes()).isEmpty();
    assertThat(changed.attributeDefinitions())
        .containsExactly(TestingTables.CUSTOMER, TestingTables.ORDER);
  }

  @Test
  void picksIndexesByName() {
    TableDefinition changed =
        indexes(IndexChoice.none(), IndexChoice.only(Set.of("by-digest"))).apply(everything);

    assertThat(changed.localSecondaryIndexes()).isEqualTo(everything.localSecondaryIndexes());
    assertThat(changed.attributeDefinitions())
        .containsExactly(TestingTables.CUSTOMER, TestingTables.ORDER, TestingTables.DIGEST);
  }

  @Test
  void namesTheIndexesThereAre() {
    DynavaultException failure =
        failure(indexes(IndexChoice.only(Set.of("by-plaice")), IndexChoice.all()), everything);

    assertThat(failure.code()).isEqualTo(ErrorCode.USAGE);
    assertThat(failure).hasMessage("unable to choose global index 'by-plaice': no such index");
    assertThat(failure.hint()).isEqualTo("the table has 'by-place'");
  }

  @Test
  void changesEncryptionClassTagsAndProtection() {
    TableOverrides overrides =
        TableOverrides.builder()
            .encryption(Encryption.ownedByDynamoDb())
            .tableClass("STANDARD")
            .tags(Map.of("team", "test", "restored", "yes"))
            .allowDeletion()
            .build();

    TableSettings settings = overrides.apply(everything).settings();

    assertThat(settings.sseType()).isEmpty();
    assertThat(settings.kmsMasterKeyArn()).isEmpty();
    assertThat(settings.tableClass()).contains("STANDARD");
    assertThat(settings.tags()).isEqualTo(Map.of("team", "test", "restored", "yes", "owner", ""));
    assertThat(settings.deletionProtection()).isFalse();
    assertThat(settings.timeToLiveAttribute()).contains("expires");
  }

  private static TableOverrides indexes(IndexChoice global, IndexChoice local) {
    return TableOverrides.builder().globalIndexes(global).localIndexes(local).build();
  }

  private static TableOverrides mode(BillingMode mode) {
    return TableOverrides.builder().billingMode(mode).build();
  }

  private static TableOverrides units(long read, long write) {
    return TableOverrides.builder().throughput(new Throughput(read, write)).build();
  }

  private static TableDefinition withGlobalIndexes(
      TableDefinition t, List<SecondaryIndex> indexes) {
    return new TableDefinition(
        t.tableName(),
        t.tableArn(),
        t.tableId(),
        t.keySchema(),
        t.attributeDefinitions(),
        t.localSecondaryIndexes(),
        indexes,
        t.billingMode(),
        t.throughput(),
        t.onDemandThroughput(),
        t.settings());
  }

  private static DynavaultException failure(TableOverrides overrides, TableDefinition table) {
    return catchThrowableOfType(DynavaultException.class, () -> overrides.apply(table));
  }
}
