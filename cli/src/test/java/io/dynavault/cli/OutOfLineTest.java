// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The methods that the launcher keeps out of line. The JVM says nothing of one that is missing. */
class OutOfLineTest {
  private static final Path LAUNCHER = Path.of("..", "dynavault");
  private static final Pattern LIST = Pattern.compile("readonly OUT_OF_LINE='([^']+)'");

  @Test
  void allAreThere() throws IOException {
    assertThat(named()).isNotEmpty().allSatisfy(name -> assertThat(methods(name)).isNotEmpty());
  }

  private static List<String> named() throws IOException {
    return LIST.matcher(Files.readString(LAUNCHER))
        .results()
        .map(result -> result.group(1).strip())
        .flatMap(list -> Arrays.stream(list.split("\\s+")))
        .toList();
  }

  private static List<Method> methods(String name) throws ClassNotFoundException {
    String[] parts = name.split("::");
    return Arrays.stream(Class.forName(parts[0]).getDeclaredMethods())
        .filter(method -> method.getName().equals(parts[1]))
        .toList();
  }
}
