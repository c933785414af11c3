// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.SdkErrors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Finds the tables that a selection means. */
public final class TableNames {
  private final DynamoDbClient dynamoDb;

  public TableNames(TableClients clients) {
    this.dynamoDb = requireNonNull(clients, "clients is null").dynamoDb();
  }

  /** The names of all tables, sorted. */
  public List<String> list() {
    return SdkErrors.call(
        "ListTables", () -> dynamoDb.listTablesPaginator().tableNames().stream().sorted().toList());
  }

  /**
   * The names of the tables that a selection means, sorted; at least one. Tables are listed only if
   * the selection has wildcards, so that no other permission is needed for plain names; whether
   * plainly named tables exist is then seen when they are described.
   *
   * @throws DynavaultException {@link ErrorCode#TABLE_NOT_FOUND} if nothing matches, or not every
   *     plain name; {@link ErrorCode#UNSUPPORTED} for tags where the endpoint has none
   */
  public List<String> select(TableSelection selection) {
    List<String> names = named(selection);
    if (!selection.tags().isEmpty()) {
      names = names.stream().filter(name -> hasTags(name, selection.tags())).toList();
    }
    if (names.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.TABLE_NOT_FOUND, "unable to choose tables: none has " + describe(selection));
    }
    return names;
  }

  private List<String> named(TableSelection selection) {
    if (selection.isNamesOnly()) {
      return List.copyOf(new TreeSet<>(selection.names()));
    }
    List<String> existing = list();
    TreeSet<String> missing = new TreeSet<>(selection.names());
    existing.forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.TABLE_NOT_FOUND,
          "unable to find table '" + String.join("', '", missing) + "': there is no such table");
    }
    return existing.stream().filter(selection::selectsName).toList();
  }

  private boolean hasTags(String tableName, Map<String, String> tags) {
    String arn = TableDescriber.describeTable(dynamoDb, tableName).tableArn();
    try {
      return TableTags.read(dynamoDb, arn).entrySet().containsAll(tags.entrySet());
    } catch (RefusedException e) {
      if (e.code() == ErrorCode.UNSUPPORTED) {
        throw new DynavaultException(
            ErrorCode.UNSUPPORTED,
            "unable to choose tables by tag: this endpoint has no tags",
            "choose tables by name or wildcard",
            e);
      }
      throw e;
    }
  }

  private static String describe(TableSelection selection) {
    String patterns =
        selection.patterns().isEmpty()
            ? ""
            : "a name that matches '" + String.join("', '", selection.patterns()) + "'";
    String tags =
        selection.tags().isEmpty()
            ? ""
            : new TreeMap<>(selection.tags())
                .entrySet().stream()
                    .map(tag -> tag.getKey() + "=" + tag.getValue())
                    .collect(joining("', '", "the tags '", "'"));
    return patterns.isEmpty() || tags.isEmpty() ? patterns + tags : patterns + " and " + tags;
  }
}
