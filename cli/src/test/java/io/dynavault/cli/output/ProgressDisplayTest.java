// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.output.OutputMode.Colour;
import io.dynavault.cli.output.OutputMode.Format;
import io.dynavault.cli.output.OutputMode.Level;
import io.dynavault.core.job.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Progress orders = new Progress("orders");
  private final Progress customers = new Progress("customers");
  private volatile long nanos;

  @Test
  void drawsABarInPlaceAndTakesItAway() {
    orders.expect(1_000, 1_000_000);
    orders.phase("reading");
    try (ProgressDisplay display = start(OutputMode.Progress.BAR, Format.TEXT, List.of(orders))) {
      display.draw();
      nanos = 2 * SECOND;
      orders.add(250, 250_000);
      orders.addCapacity(60);
      display.draw();
    }

    assertThat(err.toString(UTF_8))
        .contains(
            "orders reading  [#####...............]  25 %  250 items  250 kB  125 kB/s"
                + "  30 units/s  6.0 s left")
        .endsWith("\r\u001b[K")
        .doesNotContain("\n");
  }

  @Test
  void aPhaseThatCountsAnewHasATimeOfItsOwn() {
    orders.begin("writing", 100, 0);
    try (ProgressDisplay display = start(OutputMode.Progress.LINES, Format.TEXT, List.of(orders))) {
      orders.add(100, 1_000);
      nanos = 60 * SECOND;
      display.draw();
      orders.begin("reading the table", 100, 0);
      orders.add(50, 500);
      nanos = 65 * SECOND;
      display.draw();
    }

    assertThat(err.toString(UTF_8))
        .isEqualTo(
            """
            orders writing  100 %  100 items  1 kB  0.0 s left
            orders reading the table   50 %  50 items  500 B  5.0 s left
            """);
  }

  @Test
  void messagesDoNotTearTheBar() {
    Output output = output(OutputMode.Progress.BAR, Format.TEXT);
    output.progress("bar");
    output.message("hello");
    output.progress("");

    assertThat(err.toString(UTF_8).replaceAll("\u001b\\[\\?7[lh]", ""))
        .isEqualTo("bar\r\u001b[Khello\nbar\r\u001b[K");
  }

  @Test
  void writesLinesWhereThereIsNoTerminal() {
    orders.add(12_345, 3_200_000);
    try (ProgressDisplay display = start(OutputMode.Progress.LINES, Format.TEXT, List.of(orders))) {
      display.draw();
    }

    assertThat(err.toString(UTF_8)).isEqualTo("orders  12,345 items  3.2 MB\n");
  }

  @Test
  void addsUpTablesThatRunSideBySide() {
    orders.expect(100, 0);
    customers.expect(300, 0);
    orders.add(100, 1_000);
    customers.add(100, 2_000);
    orders.addThrottle();
    try (ProgressDisplay display =
        start(OutputMode.Progress.LINES, Format.TEXT, List.of(orders, customers))) {
      nanos = 10 * SECOND;
      display.draw();
    }

    assertThat(err.toString(UTF_8))
        .isEqualTo("2 tables   50 %  200 items  3 kB  1 throttled  10 s left\n");
  }

  @Test
  void writesAStatusOfEachTableForPrograms() throws IOException {
    orders.expect(100, 4_000);
    orders.add(25, 1_000);
    orders.phase("reading");
    try (ProgressDisplay display =
        start(OutputMode.Progress.LINES, Format.JSON, List.of(orders, customers))) {
      nanos = 3 * SECOND;
      display.draw();
    }

    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.get("messageType").asText()).isEqualTo("status");
    assertThat(first.get("subject").asText()).isEqualTo("orders");
    assertThat(first.get("phase").asText()).isEqualTo("reading");
    assertThat(first.get("itemCount").asLong()).isEqualTo(25);
    assertThat(first.get("itemBytes").asLong()).isEqualTo(1_000);
    assertThat(first.get("expectedItems").asLong()).isEqualTo(100);
    assertThat(first.get("elapsedSeconds").asDouble()).isEqualTo(3.0);
    assertThat(new ObjectMapper().readTree(lines.get(1)).has("expectedItems")).isFalse();
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  private ProgressDisplay start(
      OutputMode.Progress progress, Format format, List<Progress> sources) {
    return ProgressDisplay.start(
        output(progress, format),
        () -> nanos,
        () -> sources.stream().map(Progress::snapshot).toList());
  }

  private Output output(OutputMode.Progress progress, Format format) {
    return new Output(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        new OutputMode(format, Level.NORMAL, progress, Colour.OFF));
  }
}
