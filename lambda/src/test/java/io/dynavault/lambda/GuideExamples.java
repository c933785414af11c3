// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The events and answers that docs/guide/lambda-events.md shows. */
final class GuideExamples {
  private static final Path PAGE = Path.of("../docs/guide/lambda-events.md");

  private GuideExamples() {}

  /** An event, as its text stands there. */
  static String event(String name) {
    return block("event: " + name);
  }

  /** The answer to the event of the same name. */
  static String answer(String name) {
    return block("answer: " + name);
  }

  private static String block(String title) {
    try {
      Matcher block =
          Pattern.compile("(?ms)^```json %s\\n(?<text>.*?)^```$".formatted(Pattern.quote(title)))
              .matcher(Files.readString(PAGE));
      if (!block.find()) {
        throw new AssertionError(PAGE + " has no block '" + title + "'");
      }
      return block.group("text");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
