// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import io.dynavault.testing.TestingServers;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * A function in a process of its own, under AWS's runtime interface client, with the archive
 * unpacked where Lambda would, and nothing else on its class path. Where no archive was built (the
 * property {@code dynavault.function.archive}), it has the class path of the tests. The property
 * {@code dynavault.function.java.home} chooses another Java than that of the tests.
 */
final class FunctionProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final RuntimeApi api = new RuntimeApi();
  private final Process process;
  private final Path log;

  private FunctionProcess(ProcessBuilder builder, Path log) throws IOException {
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    this.process = builder.start();
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param folder for its files
   * @param options of the JVM
   */
  static FunctionProcess start(
      Class<?> handler, HandlerWorld world, Path folder, List<String> options) throws IOException {
    Path task = Files.createDirectories(folder.resolve("task"));
    String archive = System.getProperty("dynavault.function.archive", "");
    List<String> command = new ArrayList<>();
    command.add(Path.of(javaHome(), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // as Lambda starts it
    command.addAll(options);
    if (archive.isEmpty()) {
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    } else if (!options.contains("-cp")) {
      unpack(Path.of(archive), task);
      command.addAll(List.of("-cp", runtime()));
    }
    command.add(AWSLambda.class.getName());
    command.add(handler.getName());
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(task.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.putAll(world.variables);
    environment.putAll(surroundings(handler, world, task));
    return new FunctionProcess(builder, log);
  }

  private static String javaHome() {
    return System.getProperty("dynavault.function.java.home", System.getProperty("java.home"));
  }

  private static Map<String, String> surroundings(Class<?> handler, HandlerWorld world, Path task) {
    AwsCredentials credentials = TestingServers.credentialsProvider().resolveCredentials();
    return Map.of(
        "_HANDLER", handler.getName(),
        "LAMBDA_TASK_ROOT", task.toString(),
        "AWS_LAMBDA_FUNCTION_NAME", "dynavault-test",
        "AWS_LAMBDA_FUNCTION_VERSION", "1",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", credentials.accessKeyId(),
        "AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey(),
        "AWS_ENDPOINT_URL", world.stub.uri().toString(),
        "AWS_ENDPOINT_URL_S3", TestingServers.s3().endpoint().toString());
  }

  /** The jars that Lambda brings: the runtime client and what it needs. */
  static String runtime() {
    return Stream.of(
            AWSLambda.class.getName(),
            "com.amazonaws.services.lambda.runtime.Context",
            "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
            "software.amazon.awssdk.utilslite.SdkInternalThreadLocal")
        .map(FunctionProcess::jar)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String jar(String className) {
    try {
      CodeSource source = Class.forName(className).getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().getPath()).toString();
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** Unpacks the archive of the functions. */
  static void unpack(Path archive, Path into) throws IOException {
    try (InputStream in = Files.newInputStream(archive);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = into.resolve(entry.getName()).normalize();
        if (!entry.isDirectory()) {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
        }
      }
    }
  }

  /** Waits until it is ready for its first event. */
  void awaitReady() throws InterruptedException {
    if (!api.awaitReady(PATIENCE)) {
      throw new AssertionError("not ready:\n" + log());
    }
  }

  /** Has it handle an event within 15 minutes. */
  String invoke(String event) throws InterruptedException {
    return invoke(event, Duration.ofMinutes(15));
  }

  /** Has it handle an event. */
  String invoke(String event, Duration time) throws InterruptedException {
    api.send(event, time);
    RuntimeApi.Answer answer =
        api.answer(PATIENCE, process::isAlive)
            .orElseThrow(() -> new AssertionError("no answer:\n" + log()));
    if (answer.isError()) {
      throw new AssertionError(answer + "\n" + log());
    }
    return answer.body();
  }

  /** Processor time that it has taken so far. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What it has printed. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as an operator does, so that it can do what it does at its end. */
  void stop() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    api.close();
  }
}
