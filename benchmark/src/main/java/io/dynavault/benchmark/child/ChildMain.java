// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.child;

import io.dynavault.benchmark.measure.Jvm;
import io.dynavault.benchmark.measure.Measurement;
import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Passes;
import io.dynavault.benchmark.measure.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs one task in a JVM of its own and prints what it took. */
public final class ChildMain {
  private static final String RESULT = "result ";

  private ChildMain() {}

  /** The child's side. */
  public static void main(String[] arguments) throws Exception {
    Program program = Program.valueOf(arguments[0]);
    Task task = Task.parse(List.of(arguments).subList(1, arguments.length));
    try (Pass pass = program.open(task)) {
      System.out.println(RESULT + Passes.measure(pass, task.effort()).toJson());
    }
  }

  /** Runs a task in a child JVM with these options. */
  public static Measurement run(Program program, Task task, List<String> jvmOptions)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(program.name()));
    arguments.addAll(task.toArguments());
    Process process = Jvm.start(jvmOptions, ChildMain.class, arguments);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      Measurement measurement = null;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(RESULT)) {
          measurement = Measurement.parse(line.substring(RESULT.length()));
        }
      }
      int exit = process.waitFor();
      if (exit != 0 || measurement == null) {
        throw new IOException("%s ended with exit code %d".formatted(program, exit));
      }
      return measurement;
    } finally {
      process.destroyForcibly();
    }
  }
}
