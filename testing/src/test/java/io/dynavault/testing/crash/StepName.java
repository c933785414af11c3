// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import java.util.regex.Pattern;

/** What a step is called whatever the ids of the run are: steps of one name repeat each other. */
final class StepName {
  private static final Pattern ID = Pattern.compile("\\d{14}-[0-9a-f]{8}");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}/");
  private static final Pattern FILE = Pattern.compile("(/data|/files)/[^/]+");
  private static final Pattern MANIFEST =
      Pattern.compile("(upload|half) of .*/(manifest|_started).*");
  private static final Pattern TARGET = Pattern.compile("[0-9a-f]{32}\\.json");
  private static final Pattern MARK = Pattern.compile("[0-9a-f]{16}-\\d+\\.json");

  private StepName() {}

  static String of(String step) {
    String withoutDay = DAY.matcher(step).replaceAll("<day>/");
    String withoutIds = ID.matcher(withoutDay).replaceAll("<id>");
    String withoutFiles = FILE.matcher(withoutIds).replaceAll("$1/<file>");
    String copied = MANIFEST.matcher(withoutFiles).replaceAll("$1 of a manifest");
    String marked = MARK.matcher(copied).replaceAll("<mark>.json");
    return TARGET.matcher(marked).replaceAll("<target>.json");
  }
}
