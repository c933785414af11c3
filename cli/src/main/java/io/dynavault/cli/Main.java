// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import io.dynavault.cli.command.CliContext;
import io.dynavault.cli.command.Streams;
import io.dynavault.cli.command.Streams.Terminal;
import io.dynavault.cli.output.StandardOutput;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
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

  /** Set by the launcher: {@code pipe} where somebody reads along. */
  private static final String STDOUT_PROPERTY = "dynavault.stdout";

  private Main() {}

  public static void main(String[] args) {
    StandardOutput out =
        new StandardOutput(kindOfOutput(), new FileOutputStream(FileDescriptor.out));
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
    CliRunner runner = new CliRunner(context, interruption);
    int exitCode = runner.run(args);
    System.exit(out.finish().map(cutOff -> runner.outputFailed(exitCode, cutOff)).orElse(exitCode));
  }

  private static StandardOutput.Kind kindOfOutput() {
    return System.getProperty(STDOUT_PROPERTY, "").equals("pipe")
        ? StandardOutput.Kind.PIPE
        : StandardOutput.Kind.OTHER;
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
