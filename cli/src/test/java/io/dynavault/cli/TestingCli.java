// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.command.CliContext;
import io.dynavault.cli.command.Streams;
import io.dynavault.cli.command.Streams.Terminal;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Runs command lines in this process and keeps what they print. */
public final class TestingCli {
  /** The time that commands see. */
  public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Set<Terminal> terminals = EnumSet.noneOf(Terminal.class);
  private Instant now = NOW;
  private int seed = 1;
  private boolean realTime;
  private byte[] input = {};

  public TestingCli(Path folder) {
    this.folder = folder;
  }

  /** What a command line did. */
  public record Outcome(int exitCode, String out, String err) {

    /** Standard output as one JSON document. */
    public JsonNode json() {
      return parse(out);
    }

    /** Standard error as one JSON document. */
    public JsonNode errorJson() {
      return parse(err);
    }

    private static JsonNode parse(String text) {
      try {
        return new ObjectMapper().readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException("not JSON: " + text, e);
      }
    }
  }

  public TestingCli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public TestingCli onATerminal() {
    terminals.addAll(EnumSet.allOf(Terminal.class));
    return this;
  }

  public TestingCli at(Instant instant) {
    now = instant;
    return this;
  }

  /** Commands see and use the real time: for those that wait for a server's. */
  public TestingCli inRealTime() {
    realTime = true;
    return this;
  }

  /** Commands find this on their standard input. */
  public TestingCli reading(String text) {
    input = text.getBytes(UTF_8);
    return this;
  }

  public Path folder() {
    return folder;
  }

  public Outcome run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CliContext context =
        new CliContext(
            new Streams(
                new ByteArrayInputStream(input),
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, true, UTF_8),
                terminals),
            environment,
            folder,
            realTime ? Timing.system() : simulated(),
            realTime ? Ticker.system() : () -> Duration.between(Instant.EPOCH, now).toNanos());
    int exitCode = new CliRunner(context, new Interruption(Thread.currentThread())).run(args);
    return new Outcome(exitCode, normal(out.toString(UTF_8)), normal(err.toString(UTF_8)));
  }

  private Timing simulated() {
    return new Timing(() -> now, duration -> now = now.plus(duration), new Random(seed++));
  }

  private static String normal(String text) {
    return text.replace("\r\n", "\n");
  }
}
