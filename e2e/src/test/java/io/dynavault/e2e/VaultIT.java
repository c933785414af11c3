// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VaultIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void isCreatedOnceAndDescribed() {
    assertThat(sandbox.run("vault", "create", "--name", "main").succeeds().out())
        .isEqualTo("created vault 'main' at file:%s\n".formatted(sandbox.file("vault")));

    assertThat(sandbox.run("vault", "create").exits(13).err())
        .isEqualTo(
            """
            error: unable to create vault 'file:%s': there is one already
            HINT: use the vault that is there
            """
                .formatted(sandbox.file("vault")));
    assertThat(sandbox.run("vault", "create", "--if-not-exists").succeeds().err()).isEmpty();

    JsonNode vault = sandbox.run("vault", "describe", "--json").succeeds().json();
    assertThat(vault.path("name").textValue()).isEqualTo("main");
    assertThat(vault.path("location").textValue()).isEqualTo("file:" + sandbox.file("vault"));
    assertThat(vault.path("recoveryPoints").intValue()).isZero();
    assertThat(sandbox.run("list").succeeds().out()).isEqualTo("no recovery points\n");
  }

  @Test
  void thatDoesNotExistIsNotFound() {
    String location = "file:" + sandbox.file("elsewhere");

    Finished list = sandbox.run("list", "--vault", "elsewhere");

    assertThat(list.exits(10).out()).isEmpty();
    assertThat(list.err())
        .isEqualTo(
            """
            error: unable to open vault '%s': there is no vault.json
            HINT: check the location, or create it with: dynavault vault create --vault %s
            """
                .formatted(location, location));
    JsonNode error = sandbox.run("list", "--vault", "elsewhere", "--json").exits(10).jsonError();
    assertThat(error.path("messageType").textValue()).isEqualTo("exitError");
    assertThat(error.path("code").intValue()).isEqualTo(10);
    assertThat(error.path("error").textValue()).isEqualTo("VAULT_NOT_FOUND");
  }

  @Test
  void whereAFileIsIsAClearError() throws IOException {
    Files.writeString(sandbox.file("vault"), "not a folder");

    Finished create = sandbox.run("vault", "create");

    assertThat(create.exits(1).err())
        .isEqualTo(
            """
            error: unable to write '%s/vault.json': not a directory
            HINT: a file stands where a folder is needed, or a folder where a file is: move it away
            """
                .formatted(sandbox.file("vault")));
    assertThat(sandbox.file("vault")).hasContent("not a folder");
  }

  @Test
  void whereNothingCanBeWrittenIsAClearError() {
    Finished create = sandbox.run("vault", "create", "--vault", "/proc/dynavault/vault");

    assertThat(create.exits(1).err())
        .matches("error: unable to write '/proc/dynavault/vault/vault.json': [^\n]+\nHINT: .+\n");
  }

  @Test
  void inAFolderThatIsReadOnlyCanBeRestoredFromButNotWrittenTo() throws Exception {
    LiveTable table = sandbox.fill(new OrdersTable(Sandbox.newName()));
    sandbox.createVault();
    sandbox.backUp(table);
    setPermissions("r-xr-xr-x");
    try {
      Launcher bound = boundByPermissions();

      assertThat(bound.run("backup", "--table", table.name()).exits(12).err())
          .contains(
              ": permission denied\nHINT: grant the user who runs dynavault the right to write");
      bound.run("verify").succeeds();
      LiveTable copy = sandbox.made(Sandbox.newName());
      assertThat(bound.run("restore", "--target-table", copy.name()).succeeds().err())
          .contains("the vault cannot be written");
      assertThat(copy.exists()).isTrue();
    } finally {
      setPermissions("rwxr-xr-x");
    }
  }

  /** Root is bound, too, when it gives up the right to pass over permissions. */
  private Launcher boundByPermissions() {
    if (!Files.isWritable(sandbox.file("vault"))) {
      return sandbox.launcher();
    }
    Launcher bound =
        sandbox
            .launcher()
            .startedBy("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override");
    try {
      assumeTrue(
          bound.shell("! touch vault/file").exitCode() == 0,
          "permissions do not bind this user, who is root");
    } catch (UncheckedIOException e) {
      abort("there is no setpriv, and permissions do not bind this user, who is root: " + e);
    }
    return bound;
  }

  private void setPermissions(String folders) throws IOException {
    try (Stream<Path> files = Files.walk(sandbox.file("vault"))) {
      for (Path folder : files.filter(Files::isDirectory).toList()) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(folders));
      }
    }
  }

  @Test
  void whoseRulesAreLockedRefusesDeletions() throws InterruptedException {
    sandbox.createVault();
    sandbox.backUp(Sandbox.airports());

    Finished plan =
        sandbox.run("vault", "lock", "--min-retention-days", "7", "--max-retention-days", "90");
    assertThat(plan.succeeds().out()).endsWith("Nothing was done. Add --confirm to do it.\n");
    assertThat(sandbox.run("vault", "describe").out()).containsPattern("Lock +none");

    sandbox.run("vault", "lock", "--min-retention-days", "7", "--confirm").succeeds();
    Finished refused = sandbox.run("delete", "latest", "--confirm");

    assertThat(refused.exits(12).err())
        .matches("error: unable to delete recovery point '.*': [^\n]*\nHINT: [^\n]*\n");
    assertThat(sandbox.run("list", "--json").json().path("recoveryPoints")).hasSize(1);

    sandbox.run("vault", "unlock", "--confirm").succeeds();
    sandbox.run("delete", "latest", "--confirm").succeeds();
    assertThat(sandbox.run("list").out()).isEqualTo("no recovery points\n");
  }
}
