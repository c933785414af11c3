// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which tables are meant: by name, by wildcard and by tag. A table is selected if a pattern matches
 * it, no pattern with {@code !} matches it, and it has all the tags.
 *
 * @param patterns names with {@code *} for any characters and {@code ?} for one, such as {@code
 *     prod-*} and {@code !prod-tmp-*}; where all begin with {@code !}, every other table matches
 * @param tags tags that a table must have, all of them
 */
public record TableSelection(List<String> patterns, Map<String, String> tags) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");
  private static final Pattern PATTERN = Pattern.compile("!?[a-zA-Z0-9_.*?-]{1,255}");

  public TableSelection {
    patterns = List.copyOf(patterns);
    tags = Map.copyOf(tags);
    if (patterns.isEmpty() && tags.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to choose tables: neither a name nor a tag is given",
          "name tables, or give '*' for all of them");
    }
    patterns.forEach(TableSelection::requireValid);
  }

  /**
   * Sees that a text can be the name of a table, before a server or a path gets it.
   *
   * @throws DynavaultException {@code NAME_INVALID} where it cannot
   */
  public static void requireName(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new DynavaultException(
          ErrorCode.NAME_INVALID, "unable to use table '" + text + "': not a table name");
    }
  }

  private static void requireValid(String pattern) {
    if (!PATTERN.matcher(pattern).matches()
        || (isName(pattern) && !NAME.matcher(pattern).matches())) {
      throw new DynavaultException(
          ErrorCode.NAME_INVALID,
          "unable to choose tables by '" + pattern + "': not a table name or pattern");
    }
  }

  private static boolean isName(String pattern) {
    return !pattern.startsWith("!") && new NamePattern(pattern).isName();
  }

  /** The patterns that are plain names: their tables have to exist. */
  public List<String> names() {
    return patterns.stream().filter(TableSelection::isName).toList();
  }

  /** Whether the names say it all and the tables need not be listed. */
  public boolean isNamesOnly() {
    return !patterns.isEmpty() && patterns.stream().allMatch(TableSelection::isName);
  }

  /** Whether the patterns select this name; tags are not looked at. */
  public boolean selectsName(String name) {
    List<String> included = patterns.stream().filter(p -> !p.startsWith("!")).toList();
    boolean in =
        included.isEmpty() || included.stream().anyMatch(p -> new NamePattern(p).matches(name));
    return in
        && patterns.stream()
            .filter(p -> p.startsWith("!"))
            .noneMatch(p -> new NamePattern(p.substring(1)).matches(name));
  }
}
