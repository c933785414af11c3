// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import static java.util.Objects.requireNonNull;

import io.dynavault.local.child.ChildServer;
import io.dynavault.local.child.WorkingFolder;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One server in a child process, from the launch to the end. No shutdown hook is needed: when this
 * process ends, however it ends, the operating system closes the child's standard input, and the
 * child deletes its working folder and ends (see {@link ChildServer}). Until then it serves, also
 * while other shutdown hooks still finish their work.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final String FLAGS = "dynavault.servers.flags";
  private static final String LOG = "server.log";
  private static final String TEMPORARY = "tmp";
  private static final String START_HINT =
      "see the log; a writable temporary folder that allows execution and 1 GB of memory are"
          + " needed";

  /**
   * What to run.
   *
   * @param title its name in messages
   * @param server its folder of jars
   * @param heap its largest heap, as after -Xmx
   * @param arguments of the server; relative paths are relative to the working folder
   * @param files texts to put into the working folder, by name
   */
  record Command(
      String title, String server, String heap, List<String> arguments, Map<String, String> files) {
    Command {
      requireNonNull(title, "title is null");
      requireNonNull(server, "server is null");
      requireNonNull(heap, "heap is null");
      arguments = List.copyOf(arguments);
      files = Map.copyOf(files);
    }
  }

  private final Command command;
  private final Path workingFolder;
  private final Process process;
  private final FutureTask<Integer> port;

  private ServerProcess(Command command, Path workingFolder, Process process) {
    this.command = command;
    this.workingFolder = workingFolder;
    this.process = process;
    this.port = new FutureTask<>(this::readPort);
  }

  /**
   * Starts the process and returns at once; {@link #awaitEndpoint} says when the server listens.
   */
  static ServerProcess launch(Command command) {
    String classPath = classPath(command.server());
    Path workingFolder = newWorkingFolder(command.server());
    try {
      Files.createDirectory(workingFolder.resolve(TEMPORARY));
      for (Map.Entry<String, String> file : command.files().entrySet()) {
        Files.writeString(workingFolder.resolve(file.getKey()), file.getValue());
      }
      Process process =
          new ProcessBuilder(commandLine(command, classPath, workingFolder))
              .directory(workingFolder.toFile())
              .redirectError(workingFolder.resolve(LOG).toFile())
              .start();
      ServerProcess server = new ServerProcess(command, workingFolder, process);
      Thread reader = new Thread(server.port, command.server() + "-port");
      reader.setDaemon(true);
      reader.start();
      return server;
    } catch (IOException e) {
      WorkingFolder.delete(workingFolder);
      throw new LocalServerException(
          "unable to start " + command.title() + ": " + e.getMessage(), START_HINT, e);
    }
  }

  private static Path newWorkingFolder(String server) {
    try {
      return Files.createTempDirectory("dynavault-" + server + "-");
    } catch (IOException e) {
      throw new LocalServerException(
          "unable to create a temporary folder: " + e, "set TMPDIR to a writable folder", e);
    }
  }

  private static List<String> commandLine(Command command, String classPath, Path workingFolder) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx" + command.heap());
    line.add("-XX:+UseSerialGC");
    line.addAll(flags());
    line.add("-Djava.io.tmpdir=" + workingFolder.resolve(TEMPORARY));
    line.add("-Djava.awt.headless=true");
    if (Runtime.version().feature() >= 22) {
      line.add("--enable-native-access=ALL-UNNAMED");
    }
    line.add("-cp");
    // The working folder comes first: a server finds its files there as resources.
    line.add(workingFolder + File.pathSeparator + classPath);
    line.add(ChildServer.class.getName());
    line.add(workingFolder.toString());
    line.add(command.server());
    line.addAll(command.arguments());
    return line;
  }

  /** More flags, parted by spaces: who starts many servers for moments wants them to start fast. */
  private static List<String> flags() {
    String flags = System.getProperty(FLAGS, "").strip();
    return flags.isEmpty() ? List.of() : List.of(flags.split("\\s+", -1));
  }

  private static String classPath(String server) {
    return Stream.concat(Stream.of(ownClasses()), ServersFolder.find().jars(server).stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path ownClasses() {
    CodeSource source =
        requireNonNull(
            ChildServer.class.getProtectionDomain().getCodeSource(), "own classes have no place");
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private int readPort() throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.US_ASCII);
    String line = output.readLine();
    if (line == null || !line.startsWith("port ")) {
      throw new IOException("it ended before it listened");
    }
    return Integer.parseInt(line.substring("port ".length()));
  }

  /** Waits until the server listens and returns its address. Stops the server if it does not. */
  URI awaitEndpoint() {
    try {
      int number = port.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return URI.create("http://127.0.0.1:" + number);
    } catch (ExecutionException e) {
      throw startFailed(String.valueOf(requireNonNull(e.getCause()).getMessage()), e.getCause());
    } catch (TimeoutException e) {
      throw startFailed("it did not listen within " + START_LIMIT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw startFailed("interrupted", e);
    }
  }

  /** Ends the process but keeps its log, and names the log in the exception to throw. */
  LocalServerException startFailed(String reason, @Nullable Throwable cause) {
    Path log = workingFolder.resolve(LOG);
    try {
      Path kept = Files.createTempFile("dynavault-" + command.server() + "-", ".log");
      Files.copy(log, kept, StandardCopyOption.REPLACE_EXISTING);
      log = kept;
    } catch (IOException e) {
      reason = reason + " (its log could not be kept: " + e + ")";
    }
    close();
    String message = "unable to start " + command.title() + ": " + reason + ", see '" + log + "'";
    return cause == null
        ? new LocalServerException(message, START_HINT)
        : new LocalServerException(message, START_HINT, cause);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  Path workingFolder() {
    return workingFolder;
  }

  /** Ends the process and waits for its end. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is broken because the child has ended already.
    }
    boolean interrupted = false;
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      kill();
    }
    WorkingFolder.delete(workingFolder);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
