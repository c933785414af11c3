// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of which parts are generated: those between the marks that bear a section's name. */
public final class Page {
  private Page() {}

  /** Replaces a section in a file. */
  public static void replace(Path file, String name, String content) throws IOException {
    Files.writeString(file, replace(Files.readString(file), name, content));
  }

  /**
   * @throws IllegalArgumentException if the page has no place for the section
   */
  static String replace(String page, String name, String content) {
    String begin = "<!-- generated: " + name + " -->\n";
    String end = "\n<!-- end: " + name + " -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(end, from + begin.length() - 1);
    if (from < 0 || to < 0) {
      throw new IllegalArgumentException("the page has no section '" + name + "'");
    }
    return page.substring(0, from + begin.length()) + content + page.substring(to);
  }
}
