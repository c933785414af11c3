// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify.webhook;

import java.util.ArrayList;
import java.util.List;

/** Puts lines into as many blocks as a receiver takes. */
final class TextBlocks {
  private static final String CUT = "... (shortened)";

  private TextBlocks() {}

  /**
   * Blocks of whole lines; what does not fit is left out, and the last block says so.
   *
   * @param characters in a block at most
   * @param blocks at most
   */
  static List<String> of(List<String> lines, int characters, int blocks) {
    List<String> result = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    int room = characters - CUT.length() - 1;
    for (String line : lines) {
      String fitting = line.length() <= room ? line : line.substring(0, room - 3) + "...";
      if (block.length() + fitting.length() + 1 > room) {
        result.add(block.toString());
        block.setLength(0);
        if (result.size() == blocks) {
          result.set(blocks - 1, result.get(blocks - 1) + "\n" + CUT);
          return result;
        }
      }
      block.append(block.isEmpty() ? "" : "\n").append(fitting);
    }
    if (!block.isEmpty()) {
      result.add(block.toString());
    }
    return result;
  }
}
