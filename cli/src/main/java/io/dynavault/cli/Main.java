// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import io.dynavault.cli.command.CliContext;
import io.dynavault.cli.command.Streams;
import io.dynavault.cli.command.Streams.Terminal;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** The process: hands its streams, environment, time and chance to a {@link CliRunner}. */
public final class Main {
  /** Set by the launcher: which of the standard streams are terminals. */
  private static final String TERMINALS_PROPERTY = "dynavault.terminals";

  private Main() {}

  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
            false,
            StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    CliContext context =
        new CliContext(
            new Streams(System.in, out, err, terminals()),
            System.getenv(),
            Path.of("").toAbsolutePath(),
            Timing.system(),
            Ticker.system());
    Interruption interruption = new Interruption(Thread.currentThread());
    interruption.listenToSignals();
    int exitCode = new CliRunner(context, interruption).run(args);
    out.flush();
    System.exit(exitCode);
  }

  private static Set<Terminal> terminals() {
    String names = System.getProperty(TERMINALS_PROPERTY, "");
    Set<Terminal> terminals = EnumSet.noneOf(Terminal.class);
    if (names.contains("stdout")) {
      terminals.add(Terminal.STDOUT);
    }
    if (names.contains("stderr")) {
      terminals.add(Terminal.STDERR);
    }
    return terminals;
  }
}
