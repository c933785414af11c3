// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ExpressionNames;
import io.dynavault.core.expression.ExpressionValues;
import io.dynavault.core.expression.FilterExpression;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.expression.KeyFilter;
import io.dynavault.core.restore.ItemsFingerprint;
import io.dynavault.format.item.KeySchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How commands are told by key and content which items are meant. */
public final class ItemMatch {
  @Option(
      names = "--key",
      paramLabel = "CONDITION",
      description =
          "only items with this key, such as pk=a or 'pk=a,sk>=2026'; can be given several times")
  private List<String> keys = List.of();

  @Option(
      names = "--keys-file",
      paramLabel = "FILE",
      description =
          "only items with one of these keys, one a line as --key takes it, such as what changes"
              + " --keys prints")
  private @Nullable Path keysFile;

  @Option(
      names = "--filter-expression",
      paramLabel = "EXPRESSION",
      description = "only items that match, in DynamoDB's syntax")
  private @Nullable String filter;

  @Option(
      names = "--expression-attribute-names",
      paramLabel = "JSON",
      description = "names for the expression, such as {\"#s\":\"status\"}")
  private @Nullable String names;

  @Option(
      names = "--expression-attribute-values",
      paramLabel = "JSON",
      description = "values for the expression, such as {\":s\":{\"S\":\"open\"}}")
  private @Nullable String values;

  /** Whether anything is left out. */
  public boolean isUsed() {
    return hasKeys() || filter != null;
  }

  /** Whether a key is named. */
  public boolean hasKeys() {
    return !keys.isEmpty() || keysFile != null;
  }

  /**
   * The selection for a table.
   *
   * @throws DynavaultException {@code FILTER_INVALID} or {@code USAGE}
   */
  public ItemSelection selection(KeySchema schema) {
    ItemSelection selection = byContent();
    return hasKeys() ? selection.withKeys(KeyFilter.parse(allKeys(), schema)) : selection;
  }

  /** The selection for a table whose key is not known. */
  public ItemSelection selectionWithoutKeys() {
    if (hasKeys()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to choose items by key: the export does not say what its key is",
          "give it with --key-schema, such as --key-schema pk:S,sk:N");
    }
    return byContent();
  }

  /** Takes the choice into a fingerprint. Keys are the same choice in any order. */
  void addTo(ItemsFingerprint fingerprint) {
    allKeys().stream().sorted().forEach(key -> fingerprint.add("key", key));
    if (filter != null) {
      fingerprint
          .add("filter", filter)
          .add("names", names == null ? "" : names)
          .add("values", values == null ? "" : values);
    }
  }

  /** An empty file chooses nothing, which is refused: it must not choose everything. */
  private List<String> allKeys() {
    if (keysFile == null) {
      return keys;
    }
    try (Stream<String> lines = Files.lines(keysFile)) {
      return Stream.concat(keys.stream(), lines.filter(line -> !line.isBlank())).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to read the keys in '%s'".formatted(keysFile),
          "name a file that exists, in UTF-8, with one key a line as --key takes it",
          e);
    }
  }

  private ItemSelection byContent() {
    if (filter != null) {
      return ItemSelection.everything().withFilter(expression(filter));
    }
    if (names != null || values != null) {
      throw usage("expression attribute names and values belong to --filter-expression");
    }
    return ItemSelection.everything();
  }

  private FilterExpression expression(String text) {
    return FilterExpression.parse(
        text,
        names == null ? ExpressionNames.none() : ExpressionNames.parse(names),
        values == null ? ExpressionValues.none() : ExpressionValues.parse(values));
  }

  static DynavaultException usage(String reason) {
    return new DynavaultException(ErrorCode.USAGE, "unable to choose items: " + reason);
  }
}
