// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.SettingOutcome.Result;
import io.dynavault.core.time.Sleeper;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import io.dynavault.testing.TestingServers;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Definitions go to DynamoDB Local and come back as they were. */
class TableCreatorIT {
  private static final KeyAttribute CUSTOMER = new KeyAttribute("customer", ScalarType.S);
  private static final KeyAttribute ORDER = new KeyAttribute("order", ScalarType.N);
  private static final KeyAttribute DIGEST = new KeyAttribute("digest", ScalarType.B);
  private static final KeyAttribute COUNTRY = new KeyAttribute("country", ScalarType.S);

  private final TableClients clients =
      new TableClients(TestingServers.dynamoDbClient(), Optional.empty());
  private final TableWaiter waiter =
      new TableWaiter(clients, Sleeper.system(), Duration.ofMinutes(1), new StopSignal());
  private final TableDescriber describer = new TableDescriber(clients);

  @Test
  void aProvisionedTableWithIndexesTimeToLiveAndStreamComesBackAsItWas() {
    TableDefinition definition = provisioned(TestingServers.newTableName("provisioned"));

    create(definition);
    List<SettingOutcome> outcomes = applySettings(definition);

    assertThat(outcomes)
        .filteredOn(outcome -> outcome.result() == Result.APPLIED)
        .extracting(SettingOutcome::setting)
        .containsExactlyInAnyOrder(
            Setting.STREAM, Setting.TIME_TO_LIVE, Setting.DELETION_PROTECTION);
    TableSnapshot described = describer.describe(definition.tableName());
    assertThat(described.status()).isEqualTo("ACTIVE");
    assertThat(comparable(described.definition())).isEqualTo(comparable(definition));
  }

  @Test
  void anOnDemandTableComesBackAsItWas() {
    TableDefinition definition = onDemand(TestingServers.newTableName("on-demand"));

    create(definition);

    assertThat(comparable(describer.describe(definition.tableName()).definition()))
        .isEqualTo(comparable(definition));
  }

  @Test
  void theJsonOfADescribedTableCreatesTheSameTableAgain() throws Exception {
    TableDefinition first = provisioned(TestingServers.newTableName("first"));
    create(first);
    TableDefinition described = describer.describe(first.tableName()).definition();
    TableDefinition copy =
        TableOverrides.none()
            .withTableName(TestingServers.newTableName("copy"))
            .apply(DefinitionJson.writeAndRead(described));

    create(copy);

    assertThat(comparable(describer.describe(copy.tableName()).definition()))
        .isEqualTo(comparable(copy));
  }

  @Test
  void withoutIndexesTheTableHasNoneOfTheirAttributes() {
    TableDefinition definition =
        TableOverrides.builder()
            .globalIndexes(IndexChoice.none())
            .localIndexes(IndexChoice.only(Set.of("by-digest")))
            .build()
            .apply(provisioned(TestingServers.newTableName("fewer")));

    create(definition);

    TableDefinition described = describer.describe(definition.tableName()).definition();
    assertThat(described.globalSecondaryIndexes()).isEmpty();
    assertThat(described.attributeDefinitions()).containsExactlyInAnyOrder(CUSTOMER, ORDER, DIGEST);
  }

  @Test
  void refusesToCreateATableTwice() {
    TableDefinition definition = onDemand(TestingServers.newTableName("twice"));
    create(definition);

    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> create(definition));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_EXISTS);
  }

  @Test
  void reportsSettingsThatDynamoDbLocalDoesNotKnow() {
    TableDefinition definition = onDemand(TestingServers.newTableName("settings"));
    create(definition);
    TableSettings none = TableSettings.none();
    TableSettings wanted =
        new TableSettings(
            none.timeToLiveAttribute(),
            none.streamViewType(),
            none.sseType(),
            none.kmsMasterKeyArn(),
            none.tableClass(),
            none.deletionProtection(),
            none.tags(),
            OptionalInt.of(7),
            Optional.of("{\"Version\":\"2012-10-17\",\"Statement\":[]}"),
            Optional.of("{}"),
            List.of());

    assertThat(applySettings(withSettings(definition, wanted)))
        .allMatch(outcome -> outcome.result() == Result.NOT_SUPPORTED)
        .extracting(SettingOutcome::setting)
        .containsExactly(
            Setting.RESOURCE_POLICY, Setting.POINT_IN_TIME_RECOVERY, Setting.AUTO_SCALING);
  }

  private void create(TableDefinition definition) {
    new TableCreator(clients, waiter).create(definition, WaitListener.silent());
  }

  private List<SettingOutcome> applySettings(TableDefinition definition) {
    return new TableSettingsApplier(clients, waiter, Sleeper.system())
        .apply(definition, WaitListener.silent());
  }

  /** Without what a server gives out itself, and without the order that it does not keep. */
  private static TableDefinition comparable(TableDefinition t) {
    TableSettings s = t.settings();
    return new TableDefinition(
        t.tableName(),
        "",
        "",
        t.keySchema(),
        t.attributeDefinitions().stream().sorted(Comparator.comparing(KeyAttribute::name)).toList(),
        t.localSecondaryIndexes(),
        t.globalSecondaryIndexes(),
        t.billingMode(),
        t.throughput(),
        t.onDemandThroughput(),
        new TableSettings(
            s.timeToLiveAttribute(),
            s.streamViewType(),
            s.sseType(),
            s.kmsMasterKeyArn(),
            Optional.empty(),
            s.deletionProtection(),
            s.tags(),
            s.pointInTimeRecoveryDays(),
            s.resourcePolicy(),
            s.autoScaling(),
            List.of()));
  }

  private static TableDefinition provisioned(String name) {
    TableSettings none = TableSettings.none();
    return new TableDefinition(
        name,
        "",
        "",
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
                "by-country",
                IndexKeySchema.of(COUNTRY, ORDER),
                new Projection("INCLUDE", List.of("total")),
                Optional.of(new Throughput(3, 4)),
                Optional.empty())),
        BillingMode.PROVISIONED,
        Optional.of(new Throughput(5, 6)),
        Optional.empty(),
        new TableSettings(
            Optional.of("expires"),
            Optional.of("NEW_AND_OLD_IMAGES"),
            none.sseType(),
            none.kmsMasterKeyArn(),
            none.tableClass(),
            true,
            Map.of(),
            none.pointInTimeRecoveryDays(),
            none.resourcePolicy(),
            none.autoScaling(),
            none.notAnswered()));
  }

  private static TableDefinition onDemand(String name) {
    return new TableDefinition(
        name,
        "",
        "",
        KeySchema.of(CUSTOMER),
        List.of(CUSTOMER, COUNTRY),
        List.of(),
        List.of(
            new SecondaryIndex(
                "by-country",
                IndexKeySchema.of(COUNTRY),
                new Projection("ALL", List.of()),
                Optional.empty(),
                Optional.empty())),
        BillingMode.PAY_PER_REQUEST,
        Optional.empty(),
        Optional.empty(),
        TableSettings.none());
  }

  private static TableDefinition withSettings(TableDefinition t, TableSettings settings) {
    return new TableDefinition(
        t.tableName(),
        t.tableArn(),
        t.tableId(),
        t.keySchema(),
        t.attributeDefinitions(),
        t.localSecondaryIndexes(),
        t.globalSecondaryIndexes(),
        t.billingMode(),
        t.throughput(),
        t.onDemandThroughput(),
        settings);
  }
}
