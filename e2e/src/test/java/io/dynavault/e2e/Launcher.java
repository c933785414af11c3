// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The packaged launcher, started as a shell would start it, in a folder and with exactly the
 * environment given. Immutable.
 */
final class Launcher {
  /** Commands on small tables are over before optimised code would pay. */
  private static final String FLAGS =
      "-XX:TieredStopAtLevel=1 -Ddynavault.servers.flags=-XX:TieredStopAtLevel=1";

  /** Its bit in a mask of signals: it is the second. */
  private static final long SIGINT = 1 << 1;

  private static final Path CLASS_DATA = Path.of("target", "class-data").toAbsolutePath();

  /** A build in the background of a script ignores SIGINT, and all that it starts would, too. */
  private static final List<String> INTERRUPTIBLE =
      ignoresInterrupts() ? List.of("env", "--default-signal=INT") : List.of();

  private final Path folder;
  private final Map<String, String> environment;
  private final List<String> secrets;
  private final List<String> prefix;

  private Launcher(
      Path folder, Map<String, String> environment, List<String> secrets, List<String> prefix) {
    this.folder = folder;
    this.environment = environment;
    this.secrets = secrets;
    this.prefix = prefix;
  }

  /**
   * Runs in a folder, which is its home, too, with the Java of this test and without credentials.
   */
  static Launcher in(Path folder) {
    requireNonNull(folder, "folder is null");
    return new Launcher(folder, Map.of(), List.of(), INTERRUPTIBLE)
        .with("PATH", System.getenv("PATH"))
        .with("HOME", folder.toString())
        .with("DYNAVAULT_JAVA_HOME", System.getProperty("java.home"))
        .with("DYNAVAULT_SERVERS", property("dynavault.servers"))
        .with("DYNAVAULT_JAVA_OPTS", FLAGS)
        // One for all tests: a folder of its own would make each test's first command make one.
        .with("DYNAVAULT_CLASS_DATA", CLASS_DATA.toString());
  }

  /** The script under test. */
  static Path script() {
    return Path.of(property("dynavault.launcher"));
  }

  static String property(String name) {
    return requireNonNull(System.getProperty(name), () -> "the build does not set " + name);
  }

  Launcher with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.put(name, value);
    return new Launcher(folder, changed, secrets, prefix);
  }

  Launcher without(String name) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.remove(name);
    return new Launcher(folder, changed, secrets, prefix);
  }

  /** With an environment variable whose value must not be printed, whatever happens. */
  Launcher withSecret(String name, String value) {
    List<String> more = new ArrayList<>(secrets);
    more.add(value);
    return new Launcher(folder, environment, List.copyOf(more), prefix).with(name, value);
  }

  /** Started by another program, which becomes the launcher. */
  Launcher startedBy(String... program) {
    List<String> longer = new ArrayList<>(prefix);
    longer.addAll(Arrays.asList(program));
    return new Launcher(folder, environment, secrets, List.copyOf(longer));
  }

  Path folder() {
    return folder;
  }

  private static boolean ignoresInterrupts() {
    Path status = Path.of("/proc/self/status");
    if (Files.notExists(status)) {
      return false;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT) != 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the launcher with these arguments to its end. */
  Finished run(String... arguments) {
    return start(arguments).finish();
  }

  /** Starts the launcher with these arguments. */
  Running start(String... arguments) {
    List<String> command = new ArrayList<>(List.of(script().toString()));
    command.addAll(Arrays.asList(arguments));
    return start(command, "dynavault " + String.join(" ", arguments));
  }

  /** Runs a command line in bash, with the launcher on its PATH. */
  Finished shell(String commandLine) {
    return startShell(commandLine).finish();
  }

  /** Starts a command line in bash, with the launcher on its PATH. */
  Running startShell(String commandLine) {
    Launcher withPath =
        with("PATH", script().getParent() + ":" + requireNonNull(environment.get("PATH")));
    return withPath.start(List.of("bash", "-c", commandLine), commandLine);
  }

  private Running start(List<String> command, String shown) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return new Running(builder.start(), shown, secrets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
