// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.aws.StubWorld;
import io.dynavault.aws.advise.TableFacts.Offer;
import io.dynavault.aws.advise.TableFacts.Recovery;
import io.dynavault.aws.advise.TableFacts.VaultPlace;
import io.dynavault.core.cost.BackupSchedule;
import io.dynavault.core.cost.CostEstimate;
import io.dynavault.core.cost.CostRequest;
import io.dynavault.core.cost.PriceList;
import io.dynavault.core.cost.TableVolume;
import io.dynavault.core.vault.Method;
import io.dynavault.testing.aws.AwsError;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodChoiceTest {
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({
    "NOT_OFFERED, NOT_OFFERED, S3, SCAN, none of AWS's own",
    "ON, OFFERED, ELSEWHERE, SCAN, not in S3",
    "ON, OFFERED, S3, EXPORT, one moment",
    "OFF, OFFERED, S3, ON_DEMAND, recovery is off",
    "NOT_ALLOWED, OFFERED, S3, ON_DEMAND, may not see",
    "OFF, NOT_ALLOWED, S3, SCAN, may not see on-demand backups",
    "OFF, NOT_OFFERED, S3, SCAN, no on-demand backups"
  })
  void takesWhatTableEndpointAndVaultOffer(
      Recovery recovery, Offer onDemand, VaultPlace vault, Method expected, String reason) {
    MethodChoice choice = MethodChoice.of(new TableFacts("Orders", recovery, onDemand, vault));

    assertThat(choice.method()).isEqualTo(expected);
    assertThat(choice.reason()).contains(reason);
  }

  @Test
  void asksWhatIsOffered() throws InterruptedException {
    try (StubWorld world = new StubWorld()) {
      FactFinder finder = new FactFinder(world.client, world.calls());
      assertThat(finder.find("Orders", VaultPlace.S3))
          .isEqualTo(new TableFacts("Orders", Recovery.OFF, Offer.OFFERED, VaultPlace.S3));
      world.stub.failNext(
          "DescribeContinuousBackups",
          AwsError.of("UnknownOperationException", "An unknown operation was requested."),
          1);
      world.stub.failNext("ListBackups", AwsError.accessDenied("dynamodb:ListBackups", "*"), 1);
      assertThat(finder.find("Orders", VaultPlace.S3))
          .isEqualTo(
              new TableFacts("Orders", Recovery.NOT_OFFERED, Offer.NOT_ALLOWED, VaultPlace.S3));
    }
  }

  @Test
  void comparesCostsAndTimesOfATableOfAHundredGigabytes() {
    TableVolume volume = TableVolume.of(100 << 20, 100 * GIB); // one kilobyte each
    CostRequest request = new CostRequest(volume, 20 * GIB, 170 * GIB, new BackupSchedule(30, 60));
    TableFacts facts = new TableFacts("Orders", Recovery.OFF, Offer.OFFERED, VaultPlace.S3);

    Advice advice = Advice.of(facts, request, CostEstimate.of(request, PriceList.builtIn()));

    Advice.Row pitr = row(advice, AdvisedMethod.POINT_IN_TIME);
    assertThat(pitr.monthly()).isEqualByComparingTo("20.00"); // 100 GB at 0.20
    assertThat(pitr.losesAtMost()).isEqualTo(Duration.ofMinutes(5));
    assertThat(pitr.missing()).contains("point-in-time recovery, which is off");
    Advice.Row onDemand = row(advice, AdvisedMethod.ON_DEMAND);
    assertThat(onDemand.monthly()).isEqualByComparingTo(new BigDecimal("600")); // 60 * 100 * 0.10
    assertThat(onDemand.restore()).isEqualByComparingTo("15.00"); // 100 GB at 0.15
    Advice.Row scan = row(advice, AdvisedMethod.SCAN);
    assertThat(scan.losesAtMost()).isEqualTo(Duration.ofDays(1));
    assertThat(scan.writing()).contains(Duration.ofSeconds(26_215)); // 100 Mi units at 4000/s
    assertThat(advice.recommended().method()).isEqualTo(Method.ON_DEMAND);
    assertThat(advice.hints()).hasSize(2).anyMatch(hint -> hint.contains("60 days"));
  }

  private static Advice.Row row(Advice advice, AdvisedMethod method) {
    return advice.rows().stream().filter(row -> row.method() == method).findFirst().orElseThrow();
  }
}
