// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Runs one use case in a process of its own; what to do at which step is an argument, too. */
final class EngineMain {
  private EngineMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Steps.Chosen chosen = new Steps.Chosen(arguments[5], Integer.parseInt(arguments[6]));
    Steps steps = new Steps(chosen, Steps.At.valueOf(arguments[7]));
    UseCase.valueOf(arguments[0])
        .run(
            new Workplace(
                Path.of(arguments[1]),
                URI.create(arguments[2]),
                arguments[3],
                Duration.ofSeconds(Long.parseLong(arguments[4])),
                steps));
  }
}
