// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.cli.TestingVault;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recovery point that is the only base of a continuous backup. */
class ContinuousBaseTest {
  /** 2026-11-20T07:00:00Z. */
  private static final String ID = "01795158000000-00000003";

  private static final RecoveryPointId CHAIN = new RecoveryPointId("01795158001000-0000000a");
  private static final Instant BEGIN = Instant.parse("2026-11-20T07:00:01Z");

  @TempDir private Path folder;
  private TestingCli cli;
  private TestingVault vault;

  @BeforeEach
  void fillAVault() throws InterruptedException {
    cli = new TestingCli(folder).with("DYNAVAULT_VAULT", "vault");
    cli.run("vault", "create");
    vault = TestingVault.open(folder.resolve("vault"));
    RecoveryPoint point = vault.commit("orders", ID, Map.of(), Optional.empty());
    ChainLog chain =
        new ContinuousBackups(vault.vault().store())
            .create(new Chain(CHAIN, point.table(), "stream", BEGIN, Map.of(), "0.1.0"));
    chain.append(
        new Commit(
            CHAIN,
            1,
            BEGIN,
            1,
            BEGIN.plusSeconds(90),
            List.of(),
            Map.of(),
            ChangeCounts.NONE,
            Optional.empty()));
    chain.add(new Base(CHAIN, point.id(), 0, Optional.empty(), 1, BEGIN.plusSeconds(1)));
  }

  @AfterEach
  void closeVault() {
    vault.close();
  }

  @Test
  void theLastBaseIsDeletedOnlyWithWhatBuildsOnIt() {
    assertThat(cli.run("delete", ID).out()).contains("needed by the continuous backup");

    Outcome refused = cli.run("delete", ID, "--confirm");
    assertThat(refused.exitCode()).isEqualTo(13);
    assertThat(refused.err())
        .contains("it is needed by the continuous backup of the table", "--with-dependents");
    assertThat(cli.run("list").out()).contains(ID);

    assertThat(cli.run("delete", ID, "--with-dependents", "--confirm").exitCode()).isZero();
    assertThat(cli.run("list").out()).doesNotContain(ID);
    assertThat(folder.resolve("vault/continuous/orders/" + CHAIN + "/bases/" + ID + ".json"))
        .doesNotExist();
  }

  @Test
  void describeSaysWhatItIsABaseOf() throws IOException {
    assertThat(cli.run("describe", ID).out())
        .contains("continuous backup 01795158001000-0000000a, from 2026-11-20 07:00:02");
    JsonNode base = json(cli.run("describe", ID, "--json")).get("baseOf").get(0);
    assertThat(base.get("chain").asText()).isEqualTo(CHAIN.value());
    assertThat(base.get("restorableFrom").asText()).isEqualTo("2026-11-20T07:00:02Z");
  }

  @Test
  void verifyTellsOfTheChain() throws IOException {
    JsonNode chain = json(cli.run("verify", "--table", "orders", "--json")).get("chains").get(0);

    assertThat(chain.get("chain").asText()).isEqualTo(CHAIN.value());
    assertThat(chain.get("commits").asLong()).isEqualTo(1);
    assertThat(chain.get("sound").asBoolean()).isTrue();
    assertThat(chain.get("completeTo").asText()).isEqualTo("2026-11-20T07:01:31Z");
    assertThat(cli.run("verify", "--table", "orders").out())
        .contains("CHAIN", "and 1 continuous backup at level");
  }

  private static JsonNode json(Outcome outcome) throws IOException {
    return new ObjectMapper().readTree(outcome.out());
  }
}
