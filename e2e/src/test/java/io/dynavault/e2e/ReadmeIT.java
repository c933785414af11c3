// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.testing.TestingServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every dynavault command of the README, in its order, as a reader would type them. */
class ReadmeIT {
  private static final String PROMPT = "$ ./dynavault ";
  private static final Pattern WORDS = Pattern.compile(" +");
  private static final String BUCKET = "dynavault";

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void itsCommandsDoWhatItSays() throws IOException {
    List<List<String>> commands = commands(readme());
    assertThat(commands).as("commands of the README").hasSizeGreaterThan(6);
    sandbox.made("demo-orders");
    sandbox.made("orders-2");
    TestingServers.s3().createBucket(BUCKET);
    Launcher launcher =
        sandbox
            .launcher()
            .without("AWS_SESSION_TOKEN")
            .without("DYNAVAULT_VAULT")
            .with("AWS_ENDPOINT_URL_S3", TestingServers.s3().endpoint().toString());
    for (List<String> command : commands) {
      Finished finished = launcher.run(command.toArray(String[]::new)).succeeds();
      assertThat(finished.err()).as(finished.command()).doesNotContain("error:");
      if (command.get(0).equals("compare")) {
        assertThat(finished.out()).contains("identical: 8 items the same");
      }
      if (command.get(0).equals("verify")) {
        assertThat(finished.out()).contains("sound: 1 export at level data, 0 errors");
      }
    }
  }

  private static Path readme() {
    Path here = Path.of("").toAbsolutePath();
    return here.endsWith("e2e") ? here.resolveSibling("README.md") : here.resolve("README.md");
  }

  private static List<List<String>> commands(Path page) throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith(PROMPT)) {
        commands.add(WORDS.splitAsStream(line.substring(PROMPT.length())).toList());
      }
    }
    return commands;
  }
}
