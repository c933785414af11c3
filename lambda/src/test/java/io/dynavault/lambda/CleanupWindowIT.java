// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of continuous backups that the cleanup function has expire. */
final class CleanupWindowIT {
  private static final Duration TWELVE_DAYS = Duration.ofDays(12);

  private final HandlerWorld world = HandlerWorld.withoutItems();
  private final CleanupHandler cleanup = new CleanupHandler(world);
  private final Instant now = world.stub.clock().instant();
  private Vault vault;
  private OldChain orders;

  @BeforeEach
  void capturedTable() {
    vault = world.createVault();
    orders = OldChain.of(vault, "orders", now, TWELVE_DAYS);
    world.variables.put("RETENTION_DAYS", "2");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private JsonNode cleanUp(int status) {
    JsonNode answer = world.invoke(cleanup, "{}");
    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(status);
    return answer.path("body");
  }

  @Test
  void allChangesStayWhereNoWindowIsSet() {
    JsonNode body = cleanUp(200);

    assertThat(body.path("window_days").asInt(-1)).isZero();
    assertThat(body.path("expired_changes").isArray()).isTrue();
    assertThat(body.path("expired_changes")).isEmpty();
    assertThat(orders.commits()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(orders.bases()).isEqualTo(2);
  }

  @Test
  void changesBeforeTheBaseThatTheWindowBeginsWithExpireAndTheOldBaseGoesByItsAge() {
    world.variables.put("WINDOW_DAYS", "7");

    JsonNode body = cleanUp(200);

    assertThat(body.path("window_days").asInt()).isEqualTo(7);
    assertThat(body.path("expired_changes")).hasSize(1);
    JsonNode expired = body.path("expired_changes").path(0);
    assertThat(expired.path("table_name").asText()).isEqualTo("orders");
    assertThat(expired.path("chain").asText()).isEqualTo(orders.id());
    assertThat(expired.path("files").asInt()).isEqualTo(3);
    assertThat(expired.path("bytes").asInt()).isEqualTo(300);
    assertThat(expired.has("error")).isFalse();
    assertThat(orders.commits()).containsExactly(4L, 5L);
    assertThat(orders.files()).isEqualTo(2);
    assertThat(orders.bases()).isEqualTo(1);
    assertThat(body.path("total_deleted").asInt()).isEqualTo(1);
    assertThat(body.path("deleted").path(0).path("age_days").asInt()).isEqualTo(12);
    assertThat(vault.catalog().list("orders").entries()).hasSize(1);
  }

  @Test
  void theSameEventTwiceHasTheSameChangesExpireOnce() {
    world.variables.put("WINDOW_DAYS", "7");
    cleanUp(200);

    JsonNode again = cleanUp(200);

    assertThat(again.path("expired_changes")).isEmpty();
    assertThat(orders.commits()).containsExactly(4L, 5L);
  }

  @Test
  void aWindowThatBeginsBeforeTheSecondBaseNeedsAllChanges() {
    world.variables.put("WINDOW_DAYS", "10");

    assertThat(cleanUp(200).path("expired_changes")).isEmpty();

    assertThat(orders.commits()).hasSize(5);
  }

  @Test
  void aBaseThatIsHeldKeepsWhatFollowsItAndOtherTablesDoNotWait() throws Exception {
    OldChain customers = OldChain.of(vault, "customers", now, TWELVE_DAYS);
    vault.holds().hold("orders", orders.firstBase(), new Hold("audit", "ann@laptop", now));
    world.variables.put("WINDOW_DAYS", "7");

    JsonNode body = cleanUp(200);

    assertThat(body.path("expired_changes").findValuesAsText("table_name"))
        .containsExactly("customers");
    assertThat(orders.commits()).hasSize(5);
    assertThat(customers.commits()).containsExactly(4L, 5L);
  }

  @Test
  void refusesAWindowThatIsNoNumberOfDays() {
    world.variables.put("WINDOW_DAYS", "-1");

    JsonNode body = cleanUp(500);

    assertThat(body.path("error").asText()).isEqualTo("CONFIG_INVALID");
    assertThat(body.path("message").asText()).contains("WINDOW_DAYS");
    assertThat(orders.commits()).hasSize(5);
  }
}
