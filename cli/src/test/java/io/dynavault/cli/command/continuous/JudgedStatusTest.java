// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureStatus;
import io.dynavault.core.capture.ChainStatus;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainEnd.Reason;
import io.dynavault.core.continuous.CopyOrigin;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JudgedStatusTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Optional<Holder> SOMEBODY =
      Optional.of(Holder.of("here", 1, "capture", new Random(1)));

  private static ChainStatus chain(int number, Duration ago) {
    return new ChainStatus(
        id(number),
        Optional.of(NOW.minus(Duration.ofDays(3))),
        NOW.minus(ago),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static ChainStatus copied(int number, Duration ago) {
    return new ChainStatus(
        id(number),
        Optional.of(NOW.minus(Duration.ofDays(3))),
        NOW.minus(ago),
        Optional.empty(),
        Optional.of(new CopyOrigin(id(number), new UUID(1, 2), "main", NOW)),
        Optional.empty());
  }

  private static ChainStatus ended(int number, Duration ago) {
    Instant end = NOW.minus(ago);
    return new ChainStatus(
        id(number),
        Optional.of(NOW.minus(Duration.ofDays(30))),
        end,
        Optional.of(
            new ChainEnd(id(number), Reason.TRIMMED, "it was not read", end, end.plusSeconds(9))),
        Optional.empty(),
        Optional.empty());
  }

  private static RecoveryPointId id(int number) {
    return new RecoveryPointId("0179525340000%d-0a1b2c3d".formatted(number));
  }

  private static List<String> problems(Optional<Holder> holder, ChainStatus... chains) {
    CaptureStatus status =
        new CaptureStatus(
            "orders", holder, List.of(chains), new CaptureStatus.Rate(1, 1), Optional.empty(), NOW);
    return JudgedStatus.of(status, Optional.empty()).problems();
  }

  @Test
  void aWindowThatIsUpToDateIsFine() {
    assertThat(problems(SOMEBODY, chain(1, Duration.ofSeconds(70)))).isEmpty();
    assertThat(problems(Optional.empty(), chain(1, Duration.ofHours(19)))).isEmpty();
  }

  @Test
  void aCaptureThatIsBehindIsAProblem() {
    assertThat(problems(SOMEBODY, chain(1, Duration.ofMinutes(6))))
        .containsExactly("6 min 00 s behind");
  }

  @Test
  @Tag("G8")
  void beforeChangesAreLostItIsSaid() {
    assertThat(problems(Optional.empty(), chain(1, Duration.ofHours(21))))
        .containsExactly("not captured for 21 h 00 min: in 3 h 00 min changes will be lost");
    assertThat(problems(Optional.empty(), chain(1, Duration.ofHours(25))))
        .containsExactly("not captured for 1 d 01 h: changes are lost");
  }

  @Test
  @Tag("G8")
  void aGapIsAProblemForADayAndWhileNothingFollows() {
    assertThat(problems(SOMEBODY, ended(1, Duration.ofHours(2)), chain(2, Duration.ZERO)))
        .containsExactly("gap after 2026-11-21 10:00:00Z: it was not read");
    assertThat(problems(SOMEBODY, ended(1, Duration.ofDays(2)), chain(2, Duration.ZERO))).isEmpty();
    assertThat(problems(Optional.empty(), ended(1, Duration.ofDays(2)))).hasSize(1);
  }

  @Test
  @Tag("F11")
  void aChainThatIsDamagedIsAProblemWhereverItStands() {
    Instant then = NOW.minusSeconds(90);
    ChainStatus broken =
        new ChainStatus(
            id(1),
            Optional.of(then),
            then,
            Optional.empty(),
            Optional.empty(),
            Optional.of("chain 1 is damaged"));

    assertThat(problems(SOMEBODY, broken)).containsExactly("chain 1 is damaged");
    assertThat(problems(SOMEBODY, broken, chain(2, Duration.ZERO)))
        .containsExactly("chain 1 is damaged");
  }

  @Test
  void aChainWithoutABaseIsAProblem() {
    ChainStatus young =
        new ChainStatus(
            id(1),
            Optional.empty(),
            NOW.minusSeconds(5),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(problems(SOMEBODY, young)).hasSize(1).first().asString().contains("no base yet");
    assertThat(problems(Optional.empty(), young)).first().asString().startsWith("no base:");
  }

  @Test
  void aCopyIsBehindAsLongAsItsSourceMayBeAndLosesNothingByThat() {
    assertThat(problems(Optional.empty(), copied(1, Duration.ofHours(19)))).isEmpty();
    assertThat(problems(Optional.empty(), copied(1, Duration.ofHours(25))))
        .containsExactly("not copied from vault 'main' for 1 d 01 h");
  }

  @Test
  void besideACopyTheChainThatIsCapturedCounts() {
    assertThat(problems(SOMEBODY, chain(1, Duration.ofSeconds(9)), copied(2, Duration.ofHours(21))))
        .isEmpty();
    assertThat(
            problems(
                Optional.empty(), chain(1, Duration.ofSeconds(9)), copied(2, Duration.ofHours(21))))
        .hasSize(1);
  }

  @Test
  void theBoundCanBeGiven() {
    CaptureStatus status =
        new CaptureStatus(
            "orders",
            SOMEBODY,
            List.of(chain(1, Duration.ofSeconds(70))),
            new CaptureStatus.Rate(1, 1),
            Optional.empty(),
            NOW);

    assertThat(JudgedStatus.of(status, Optional.of(Duration.ofMinutes(1))).problems()).hasSize(1);
  }
}
