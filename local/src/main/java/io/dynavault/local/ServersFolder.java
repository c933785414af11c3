// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder with one sub-folder of jars per server. The system property {@value #PROPERTY} names
 * it, else the environment variable {@value #ENVIRONMENT}. The launcher sets the property in a
 * source checkout, where the build has put the jars.
 */
final class ServersFolder {
  static final String PROPERTY = "dynavault.servers";
  static final String ENVIRONMENT = "DYNAVAULT_SERVERS";

  private static final String HINT =
      "the servers come with a source checkout: run ./dynavault there, or build them there with"
          + " 'mvn -f local/servers generate-resources' and set "
          + ENVIRONMENT
          + " to its local/servers/target";

  private final Path folder;

  private ServersFolder(Path folder) {
    this.folder = folder;
  }

  static ServersFolder find() {
    return find(System::getProperty, System::getenv);
  }

  static ServersFolder find(UnaryOperator<String> properties, UnaryOperator<String> environment) {
    String folder = firstGiven(properties.apply(PROPERTY), environment.apply(ENVIRONMENT));
    if (folder == null) {
      throw new LocalServerException(
          "unable to find the local servers: neither the system property "
              + PROPERTY
              + " nor the environment variable "
              + ENVIRONMENT
              + " is set",
          HINT);
    }
    return new ServersFolder(Path.of(folder));
  }

  private static @Nullable String firstGiven(@Nullable String first, @Nullable String second) {
    return first != null && !first.isBlank()
        ? first
        : second != null && !second.isBlank() ? second : null;
  }

  /** The jars of one server. */
  List<Path> jars(String server) {
    Path serverFolder = folder.resolve(server).toAbsolutePath();
    List<Path> jars = List.of();
    if (Files.isDirectory(serverFolder)) {
      try (Stream<Path> files = Files.list(serverFolder)) {
        jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      } catch (IOException e) {
        throw new LocalServerException(
            "unable to read the folder '" + serverFolder + "': " + e, hint(), e);
      }
    }
    if (jars.isEmpty()) {
      throw new LocalServerException(
          "unable to find the local server '" + server + "': no jars in '" + serverFolder + "'",
          hint());
    }
    return jars;
  }

  /** Next to the folder may lie the build file that fills it. */
  private String hint() {
    Path build = folder.toAbsolutePath().resolveSibling("pom.xml");
    return Files.isRegularFile(build)
        ? "fetch them from Maven Central with: mvn -f '" + build + "' generate-resources"
        : HINT;
  }
}
