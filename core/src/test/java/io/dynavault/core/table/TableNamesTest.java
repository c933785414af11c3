// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNamesTest {
  private final TestingDynamoDb dynamoDb = new TestingDynamoDb();
  private final TableNames names = new TableNames(new TableClients(dynamoDb, Optional.empty()));

  @BeforeEach
  void createTables() {
    for (String name :
        List.of("prod-orders", "prod-customers", "prod-tmp-1", "dev-orders", "sessions")) {
      dynamoDb.tables.put(
          name,
          TestingDescriptions.everything().toBuilder()
              .tableName(name)
              .tableArn(TestingDynamoDb.arn(name))
              .build());
    }
    dynamoDb.tagsByArn.put(
        TestingDynamoDb.arn("prod-orders"), Map.of("team", "billing", "tier", "1"));
    dynamoDb.tagsByArn.put(TestingDynamoDb.arn("dev-orders"), Map.of("team", "billing"));
    dynamoDb.tagsByArn.put(TestingDynamoDb.arn("sessions"), Map.of("team", "web", "tier", "1"));
  }

  @Test
  void listsAllPages() {
    assertThat(names.list())
        .containsExactly("dev-orders", "prod-customers", "prod-orders", "prod-tmp-1", "sessions");
  }

  @Test
  void choosesByWildcardsAndExclusions() {
    assertThat(select("prod-*", "!*-tmp-?", "sessions"))
        .containsExactly("prod-customers", "prod-orders", "sessions");
    assertThat(select("!prod-*")).containsExactly("dev-orders", "sessions");
    assertThat(select("????-orders")).containsExactly("prod-orders");
  }

  @Test
  void needsNoPermissionToListForPlainNames() {
    dynamoDb.failAlways("ListTables", "AccessDeniedException");

    assertThat(select("sessions", "dev-orders", "sessions"))
        .containsExactly("dev-orders", "sessions");
  }

  @Test
  void choosesByTags() {
    assertThat(select(Map.of("team", "billing"))).containsExactly("dev-orders", "prod-orders");
    assertThat(select(Map.of("team", "billing", "tier", "1"))).containsExactly("prod-orders");
    assertThat(select(Map.of("team", "billing"), "prod-*")).containsExactly("prod-orders");
  }

  @Test
  void saysThatNothingMatches() {
    DynavaultException failure =
        failure(new TableSelection(List.of("test-*"), Map.of("team", "billing")));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    assertThat(failure)
        .hasMessage(
            "unable to choose tables: none has a name that matches 'test-*' and the tags"
                + " 'team=billing'");
  }

  @Test
  void missesAPlainNameEvenIfAWildcardMatchesOthers() {
    DynavaultException failure =
        failure(new TableSelection(List.of("prod-*", "session"), Map.of()));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    assertThat(failure).hasMessage("unable to find table 'session': there is no such table");
  }

  @Test
  void saysThatTheEndpointHasNoTags() {
    dynamoDb.failAlways("ListTagsOfResource", "UnknownOperationException");

    DynavaultException failure = failure(new TableSelection(List.of(), Map.of("team", "billing")));

    assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(failure).hasMessage("unable to choose tables by tag: this endpoint has no tags");
    assertThat(failure.hint()).isEqualTo("choose tables by name or wildcard");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "ab", "a/b", "../x", "or ders", "prod-[a]*"})
  void refusesWhatIsNoNameAndNoPattern(String pattern) {
    DynavaultException failure =
        catchThrowableOfType(
            DynavaultException.class, () -> new TableSelection(List.of(pattern), Map.of()));

    assertThat(failure.code()).isEqualTo(ErrorCode.NAME_INVALID);
  }

  @Test
  void refusesASelectionOfNothing() {
    DynavaultException failure =
        catchThrowableOfType(
            DynavaultException.class, () -> new TableSelection(List.of(), Map.of()));

    assertThat(failure.code()).isEqualTo(ErrorCode.USAGE);
  }

  private List<String> select(String... patterns) {
    return names.select(new TableSelection(List.of(patterns), Map.of()));
  }

  private List<String> select(Map<String, String> tags, String... patterns) {
    return names.select(new TableSelection(List.of(patterns), tags));
  }

  private DynavaultException failure(TableSelection selection) {
    return catchThrowableOfType(DynavaultException.class, () -> names.select(selection));
  }
}
