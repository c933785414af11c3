// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that was run through the launcher, as users do.
 *
 * @param peakMegabytes most memory that it had resident; 0 where unknown
 */
public record Launched(double seconds, double peakMegabytes) {
  private static final long LOOK_EVERY_MILLIS = 10;

  /**
   * Runs a command to its end.
   *
   * @param javaOptions of the JVM; empty leaves them to the launcher
   * @throws IOException if it fails
   */
  public static Launched run(Path launcher, String javaOptions, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("AWS_ACCESS_KEY_ID", "key");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret");
    builder.environment().put("AWS_REGION", "us-east-1");
    if (!javaOptions.isEmpty()) {
      builder.environment().put("DYNAVAULT_JAVA_OPTS", javaOptions);
    }
    long start = System.nanoTime();
    Process process = builder.start();
    double peak = 0;
    while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, PeakMemory.of(process).orElse(0));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IOException(
          "dynavault %s ended with exit code %d"
              .formatted(String.join(" ", arguments), process.exitValue()));
    }
    return new Launched(seconds, peak);
  }
}
