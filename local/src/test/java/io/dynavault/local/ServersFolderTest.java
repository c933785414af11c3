// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersFolderTest {

  @TempDir Path folder;

  @BeforeEach
  void putJars() throws Exception {
    Files.createDirectories(folder.resolve("one/s3proxy"));
    Files.createFile(folder.resolve("one/s3proxy/b.jar"));
    Files.createFile(folder.resolve("one/s3proxy/a.jar"));
    Files.createFile(folder.resolve("one/s3proxy/notes.txt"));
    Files.createDirectories(folder.resolve("empty/s3proxy"));
  }

  @Test
  void prefersThePropertyToTheEnvironment() {
    ServersFolder servers =
        ServersFolder.find(
            Map.of("dynavault.servers", folder.resolve("one").toString())::get,
            Map.of("DYNAVAULT_SERVERS", folder.resolve("empty").toString())::get);

    assertThat(servers.jars("s3proxy"))
        .containsExactly(folder.resolve("one/s3proxy/a.jar"), folder.resolve("one/s3proxy/b.jar"));
  }

  @Test
  void takesTheEnvironmentWhenThePropertyIsBlank() {
    ServersFolder servers =
        ServersFolder.find(
            Map.of("dynavault.servers", " ")::get,
            Map.of("DYNAVAULT_SERVERS", folder.resolve("one").toString())::get);

    assertThat(servers.jars("s3proxy")).hasSize(2);
  }

  @Test
  void saysWhatToDoWhenNothingIsSet() {
    assertThatThrownBy(() -> ServersFolder.find(property -> null, name -> null))
        .isInstanceOfSatisfying(
            LocalServerException.class, e -> assertThat(e.hint()).contains("./dynavault"))
        .hasMessage(
            "unable to find the local servers: neither the system property dynavault.servers nor"
                + " the environment variable DYNAVAULT_SERVERS is set");
  }

  @Test
  void namesTheFolderThatHoldsNoJars() {
    for (String name : new String[] {"empty", "missing"}) {
      ServersFolder servers =
          ServersFolder.find(
              property -> null, Map.of("DYNAVAULT_SERVERS", folder.resolve(name).toString())::get);

      assertThatThrownBy(() -> servers.jars("s3proxy"))
          .isInstanceOf(LocalServerException.class)
          .hasMessage(
              "unable to find the local server 's3proxy': no jars in '%s'",
              folder.resolve(name).resolve("s3proxy"));
    }
  }

  void namesTheBuildFileNextToAFolderThatHoldsNoJars() throws Exception {
    Path build = Files.createFile(folder.resolve("pom.xml"));
    ServersFolder servers =
        ServersFolder.find(
            property -> null,
            Map.of("DYNAVAULT_SERVERS", folder.resolve("target").toString())::get);

    assertThatThrownBy(() -> servers.jars("s3proxy"))
        .isInstanceOfSatisfying(
            LocalServerException.class,
            e ->
                assertThat(e.hint())
                    .isEqualTo(
                        "fetch them from Maven Central with: mvn -f '%s' generate-resources",
                        build));
  }
}
