// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A JVM that runs one use case at a workplace, and what it has said. */
final class EngineProcess implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 120;

  private final Process process;
  private final BufferedReader out;
  private final Path errors;
  private final List<String> steps = new ArrayList<>();

  private EngineProcess(Process process, Path errors) {
    this.process = process;
    this.out = process.inputReader(UTF_8);
    this.errors = errors;
  }

  /** Starts a process that does this at the step; the steps of the workplace do not matter. */
  static EngineProcess start(UseCase useCase, Workplace place, Steps.Chosen step, Steps.At at) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            EngineMain.class.getName(),
            useCase.name(),
            place.folder().toString(),
            place.endpoint().toString(),
            place.table(),
            Long.toString(place.ttl().toSeconds()),
            step.name(),
            Integer.toString(step.occurrence()),
            at.name()));
    Path errors = place.folder().resolve("err");
    try {
      return new EngineProcess(
          new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads on until the process pauses, and tells before which step. */
  String awaitPause() {
    return readUntilPause().orElseThrow(() -> new AssertionError("did not pause\n" + this));
  }

  private Optional<String> readUntilPause() {
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(Steps.PAUSED)) {
          return Optional.of(line.substring(Steps.PAUSED.length()));
        }
        if (line.startsWith(Steps.STEP)) { // and not something that was logged
          steps.add(line.substring(Steps.STEP.length()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets a paused process go on. */
  void goOn() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a signal such as {@code STOP}. */
  void signal(String name) throws InterruptedException {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
      if (exit != 0) {
        throw new AssertionError("unable to send the signal " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end and returns the exit code. */
  int finish() throws InterruptedException {
    if (readUntilPause().isPresent()) {
      throw new AssertionError("paused\n" + this);
    }
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("did not end\n" + this);
    }
    return process.exitValue();
  }

  /** What was written, step by step, up to now. */
  List<String> steps() {
    return List.copyOf(steps);
  }

  /** What was printed on standard error. */
  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return "steps:\n" + String.join("\n", steps) + "\nerrors:\n" + errors();
  }
}
