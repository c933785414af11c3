// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.cli.TestingVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldAndReleaseTest {
  private static final String OLD = "01794985200000-00000001";
  private static final String NEW = "01795158000000-00000003";

  @TempDir private Path folder;
  private TestingCli cli;
  private TestingVault vault;

  @BeforeEach
  void fillAVault() throws InterruptedException {
    cli = new TestingCli(folder).with("DYNAVAULT_VAULT", "vault").with("USER", "ann");
    cli.run("vault", "create");
    vault = TestingVault.open(folder.resolve("vault"));
    vault.commit("orders", OLD);
    vault.commit("orders", NEW);
  }

  @AfterEach
  void closeVault() {
    vault.close();
  }

  @Test
  void whatIsHeldIsNeitherDeletedNorExpiredUntilItIsReleased() {
    Outcome held = cli.run("hold", OLD, "--reason", "audit 2026");

    assertThat(held.exitCode()).isZero();
    assertThat(held.out())
        .isEqualTo("held recovery point " + OLD + " of table orders: audit 2026\n");
    Outcome refused = cli.run("delete", OLD, "--confirm");
    assertThat(refused.exitCode()).isEqualTo(12);
    assertThat(refused.err())
        .matches(
            "error: unable to delete recovery point '%s' of table 'orders': it is held by ann@\\S+: audit 2026\n"
                    .formatted(OLD)
                + "HINT: end the hold, if its reason has gone, with: dynavault release "
                + OLD
                + " --table orders\n");
    Outcome expired = cli.run("expire", "--keep-last", "1", "--confirm");
    assertThat(expired.out()).containsPattern("held by ann@\\S+: audit 2026");
    assertThat(cli.run("list").out()).contains(OLD);

    assertThat(cli.run("release", OLD, "--confirm").out())
        .matches(
            "released recovery point %s of table orders, held by ann@\\S+: audit 2026\n"
                .formatted(OLD));
    assertThat(cli.run("delete", OLD, "--confirm").exitCode()).isZero();
    assertThat(cli.run("list").out()).doesNotContain(OLD).contains(NEW);
  }

  @Test
  void aReleaseIsOnlyPlannedUntilItIsConfirmed() {
    cli.run("hold", "latest", "--table", "orders", "--reason", "audit 2026");

    Outcome plan = cli.run("release", NEW, OLD);

    assertThat(plan.out())
        .containsPattern("orders +" + NEW + " +release: held by ann@\\S+: audit 2026\n")
        .containsPattern("orders +" + OLD + " +none: it is not held\n")
        .endsWith("\nNothing was done. Add --confirm to do it.\n");
    assertThat(cli.run("describe", NEW).out()).containsPattern("Held +ann@\\S+: audit 2026");
    assertThat(cli.run("release", OLD, "--confirm").out())
        .isEqualTo("recovery point " + OLD + " of table orders is not held\n");
  }

  @Test
  void listShowsHolds() throws IOException {
    cli.run("hold", NEW, "--reason", "first reason");
    cli.run("hold", NEW, "--reason", "audit 2026");

    assertThat(cli.run("list").out().lines().filter(line -> line.endsWith("  scan, held")))
        .singleElement()
        .asString()
        .contains(NEW);
    JsonNode points = cli.run("list", "--json").json().path("recoveryPoints");
    assertThat(points.get(0).path("hold").path("reason").textValue()).isEqualTo("audit 2026");
    assertThat(points.get(0).path("hold").path("by").textValue()).startsWith("ann@");
    assertThat(points.get(0).path("hold").path("time").textValue())
        .isEqualTo(TestingCli.NOW.toString());
    assertThat(points.get(1).has("hold")).isFalse();

    Files.writeString(folder.resolve("vault/holds/orders/" + NEW + "/00000002.json"), "damaged");
    Outcome listed = cli.run("list");
    assertThat(listed.out()).contains(NEW).contains(OLD);
    assertThat(listed.err()).startsWith("warning: holds are not shown: ");
  }

  @Test
  void programsGetALineForEach() throws IOException {
    Outcome held = cli.run("hold", OLD, NEW, "--reason", "audit 2026", "--json");
    Outcome released = cli.run("release", NEW, "--confirm", "--json");

    assertThat(held.out().lines()).hasSize(3);
    JsonNode first = new ObjectMapper().readTree(held.out().lines().findFirst().orElseThrow());
    assertThat(first.path("recoveryPointId").textValue()).isEqualTo(OLD);
    assertThat(first.path("action").textValue()).isEqualTo("HELD");
    assertThat(first.path("hold").path("reason").textValue()).isEqualTo("audit 2026");
    assertThat(released.out()).contains("\"action\":\"RELEASED\"").contains("\"succeeded\":1");
    JsonNode plan = cli.run("release", NEW, OLD, "--json").json();
    assertThat(plan.path("recoveryPoints").findValuesAsText("action"))
        .containsExactly("NONE", "RELEASE");
  }

  @Test
  void aReasonIsNeededAndMustBeShort() {
    assertThat(cli.run("hold", OLD).exitCode()).isEqualTo(2);
    Outcome tooLong = cli.run("hold", OLD, "--reason", "x".repeat(501));
    assertThat(tooLong.exitCode()).isEqualTo(2);
    assertThat(tooLong.err())
        .isEqualTo(
            """
            error: unable to hold recovery points: a hold's reason has at most 500 characters
            HINT: say why in fewer words
            """);
  }

  @Test
  void nothingIsHeldUnlessAllThatIsNamedExists() {
    Outcome outcome = cli.run("hold", OLD, "99", "--reason", "audit 2026");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(cli.run("list").out()).doesNotContain("held");
  }
}
