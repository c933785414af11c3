// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that has ended.
 *
 * @param command what was run, for messages
 */
record Finished(String command, int exitCode, String out, String err) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  Finished {
    requireNonNull(command, "command is null");
    requireNonNull(out, "out is null");
    requireNonNull(err, "err is null");
  }

  /** This, if the exit code is that. */
  Finished exits(int expected) {
    if (exitCode != expected) {
      throw new AssertionError(
          "exit code %d instead of %d\n%s".formatted(exitCode, expected, this));
    }
    return this;
  }

  /** This, if it did what it was asked to. */
  Finished succeeds() {
    return exits(0);
  }

  /** Standard output as one JSON document. */
  JsonNode json() {
    return parse(out);
  }

  /** Standard output as JSON lines. */
  List<JsonNode> jsonLines() {
    List<JsonNode> lines = new ArrayList<>();
    out.lines().forEach(line -> lines.add(parse(line)));
    return lines;
  }

  /** Standard error as one JSON document, as {@code --json} prints the failure of a command. */
  JsonNode jsonError() {
    return parse(err);
  }

  private JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + e.getOriginalMessage() + "\n" + this, e);
    }
  }

  @Override
  public String toString() {
    return "$ %s\n--- exit code %d, standard output:\n%s--- standard error:\n%s"
        .formatted(command, exitCode, out, err);
  }
}
