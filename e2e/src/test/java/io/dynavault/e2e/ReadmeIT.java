// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands that the README and the first guide show, as a reader would enter them. */
class ReadmeIT {
  @RegisterExtension final Playground playground = new Playground();

  @Test
  void commandsThatAreShownWork() throws IOException {
    List<ShownCommand> commands =
        Stream.concat(
                ShownCommand.of(Playground.page("README.md")).stream(),
                ShownCommand.of(Playground.page("docs/guide/getting-started.md")).stream())
            .filter(command -> !command.line().startsWith("mvn "))
            .distinct()
            .toList();
    assertThat(commands).as("shown commands").hasSizeGreaterThan(10);

    playground.runAsShown(commands);

    JsonNode points =
        playground
            .reader()
            .run("list", "--vault", "s3://dynavault/mine", "--json")
            .succeeds()
            .json();
    assertThat(points.path("recoveryPoints")).hasSize(1);
  }
}
