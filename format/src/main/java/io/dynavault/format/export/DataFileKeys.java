// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static io.dynavault.format.layout.ExportLayout.DATA;
import static io.dynavault.format.layout.ExportLayout.ROOT_NAME;

import io.dynavault.format.FormatException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Re-bases a manifest's absolute keys onto the folder where the export is now. A key counts only
 * from its last {@code AWSDynamoDB} on: exports are copied and moved, and some manifests leave the
 * prefix out. What follows must be the export's own folder, or {@code data/} beside it, and names
 * of harmless characters; so no key leads out of the export's root.
 *
 * @param folder the export's folder
 * @param exportIds the names that manifests may have for that folder
 * @param leadingSlash whether keys may begin with a slash, because the export's prefix does
 */
record DataFileKeys(String folder, Set<String> exportIds, boolean leadingSlash) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,255}");
  private static final int LONGEST_KEY = 1024;

  DataFileKeys {
    exportIds = Set.copyOf(exportIds);
  }

  String resolve(String key) {
    List<String> parts = List.of(key.split("/", -1));
    requireHarmless(key, parts);
    int root = parts.lastIndexOf(ROOT_NAME);
    if (root < 0 || parts.size() < root + 3) {
      throw refused(key, "is not below " + ROOT_NAME + "/");
    }
    List<String> below = parts.subList(root + 1, parts.size());
    if (!below.stream().allMatch(part -> NAME.matcher(part).matches())) {
      throw refused(key, "has a name with other characters than letters, digits, '_', '.' and '-'");
    }
    if (exportIds.contains(below.get(0))) {
      return join(folder, below.subList(1, below.size()));
    }
    if (below.get(0).equals(DATA)) {
      return join(exportsFolder(key), below);
    }
    throw refused(key, "belongs to another export");
  }

  /** The folder that holds the exports of a prefix and their shared {@code data/}. */
  private String exportsFolder(String key) {
    int slash = folder.lastIndexOf('/');
    String parent = slash < 0 ? "" : folder.substring(0, slash);
    if (!parent.equals(ROOT_NAME) && !parent.endsWith("/" + ROOT_NAME)) {
      throw refused(
          key, "is in the folder shared by incremental exports, which was not copied along");
    }
    return parent;
  }

  private void requireHarmless(String key, List<String> parts) {
    boolean absolute = key.startsWith("/") && !leadingSlash;
    boolean climbs = parts.contains("..") || parts.contains(".");
    boolean escaped = key.indexOf('\\') >= 0 || key.toLowerCase(Locale.ROOT).contains("%2e");
    boolean control = key.chars().anyMatch(Character::isISOControl);
    if (absolute || climbs || escaped || control || key.length() > LONGEST_KEY) {
      throw refused(key, "is not a key that AWS would write");
    }
  }

  private static String join(String folder, List<String> names) {
    String path = String.join("/", names);
    return folder.isEmpty() ? path : folder + "/" + path;
  }

  private static FormatException refused(String key, String reason) {
    return new FormatException("the data file's key %s %s".formatted(Quoted.of(key), reason));
  }
}
