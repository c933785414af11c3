// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands that a page shows without their output, in a block fenced as {@code sh}, or, where they
 * cannot run everywhere, as {@code sh needs: <what>}.
 */
record ShellBlock(String page, Optional<String> needs, String script) {
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^```(?<info>[^\n]*)\n(?<text>.*?)^```$");
  private static final String NEEDS = "sh needs: ";

  ShellBlock {
    requireNonNull(page, "page is null");
    requireNonNull(needs, "needs is null");
    requireNonNull(script, "script is null");
  }

  /**
   * All blocks of a Markdown page, in order.
   *
   * @throws AssertionError if another block has commands that nobody would run
   */
  static List<ShellBlock> of(Path page) throws IOException {
    List<ShellBlock> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(page));
    String name = String.valueOf(page.getFileName());
    while (block.find()) {
      String info = block.group("info");
      String text = block.group("text");
      if (info.equals("sh")) {
        blocks.add(new ShellBlock(name, Optional.empty(), text));
      } else if (info.startsWith(NEEDS)) {
        blocks.add(new ShellBlock(name, Optional.of(info.substring(NEEDS.length())), text));
      } else if (text.lines().anyMatch(line -> line.startsWith("dynavault "))) {
        throw new AssertionError(name + " has commands in a block of '" + info + "':\n" + text);
      }
    }
    return blocks;
  }
}
