// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableNames;
import io.dynavault.core.table.TableSelection;
import io.dynavault.core.transport.SdkErrors;
import io.dynavault.lambda.host.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * Which tables are backed up: all that are named, that have the tag, or whose name fits the
 * pattern.
 *
 * @param names tables that have to be there
 * @param pattern with {@code *} for any characters
 */
public record TableChoice(List<String> names, Optional<Tag> tag, Optional<String> pattern) {

  /**
   * A tag of tables.
   *
   * @param value empty for any
   */
  public record Tag(String key, Optional<String> value) {
    public Tag {
      requireNonNull(key, "key is null");
      requireNonNull(value, "value is null");
    }
  }

  public TableChoice {
    names = List.copyOf(names);
    requireNonNull(tag, "tag is null");
    requireNonNull(pattern, "pattern is null");
    if (names.isEmpty() && tag.isEmpty() && pattern.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.CONFIG_INVALID,
          "unable to choose tables: neither names nor a tag nor a pattern are set",
          "set DYNAMODB_TABLES, TABLE_TAG_KEY or TABLE_PATTERN");
    }
  }

  /** As the environment says. */
  public static TableChoice of(Settings settings) {
    Optional<Tag> tag =
        settings
            .optional("TABLE_TAG_KEY")
            .map(key -> new Tag(key, settings.optional("TABLE_TAG_VALUE")));
    Optional<String> pattern =
        settings
            .optional("TABLE_PATTERN")
            .map(text -> text.replace("{environment}", settings.required("ENVIRONMENT")))
            .map(text -> text.replace("{type}", "*"));
    pattern
        .filter(text -> !text.matches("[a-zA-Z0-9_.*?-]{1,255}"))
        .ifPresent(
            text -> {
              throw Settings.invalid(
                  "TABLE_PATTERN",
                  "it has only {environment}, {type} and what names of tables have");
            });
    return new TableChoice(settings.list("DYNAMODB_TABLES"), tag, pattern);
  }

  /**
   * The names of the tables, sorted. Those that are named are not looked for: one that is missing
   * fails by itself.
   */
  List<String> find(TableClients clients, Finder tagged) {
    TreeSet<String> found = new TreeSet<>(names);
    pattern.ifPresent(
        text ->
            new TableNames(clients)
                .list().stream()
                    .filter(new TableSelection(List.of(text), Map.of())::selectsName)
                    .forEach(found::add));
    tag.ifPresent(t -> found.addAll(tagged.withTag(t)));
    if (found.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.TABLE_NOT_FOUND,
          "unable to choose tables: none has the tag or a name that fits the pattern",
          "check TABLE_TAG_KEY, TABLE_TAG_VALUE and TABLE_PATTERN");
    }
    return List.copyOf(found);
  }

  /** Finds tables by tag. */
  @FunctionalInterface
  interface Finder {
    List<String> withTag(Tag tag);
  }

  /** Asks Resource Groups Tagging, which has them all in few requests. */
  static Finder finder(Supplier<ResourceGroupsTaggingApiClient> client) {
    return tag ->
        SdkErrors.call(
            "tag:GetResources",
            () -> {
              List<String> names = new ArrayList<>();
              client
                  .get()
                  .getResourcesPaginator(
                      request ->
                          request.resourceTypeFilters("dynamodb:table").tagFilters(filter(tag)))
                  .resourceTagMappingList()
                  .forEach(resource -> names.add(tableName(resource.resourceARN())));
              return names;
            });
  }

  private static TagFilter filter(Tag tag) {
    TagFilter.Builder filter = TagFilter.builder().key(tag.key());
    tag.value().ifPresent(filter::values);
    return filter.build();
  }

  private static String tableName(String arn) {
    return arn.substring(arn.lastIndexOf(":table/") + ":table/".length());
  }
}
