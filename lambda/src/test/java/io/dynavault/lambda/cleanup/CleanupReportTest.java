// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expire.ExpireResult;
import io.dynavault.core.expire.ExpireResult.ExpiredChain;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.window.ChainDecision;
import io.dynavault.lambda.host.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of changes that have expired, or were to. */
class CleanupReportTest {
  private static final CleanupSettings SETTINGS = new CleanupSettings("prod", 35, 7, "dynavault");
  private static final String ID = "01795253400000-0a1b2c3d";
  private final DynavaultException denied =
      new DynavaultException(
          ErrorCode.ACCESS_DENIED, "unable to write object 'x': access denied", "grant it");
  private final DynavaultException away =
      new DynavaultException(
          ErrorCode.SERVICE_UNAVAILABLE, "unable to reach the bucket: no answer", "try again");

  @Test
  void whatHasExpiredIsDone() {
    CleanupReport report = report(expired("orders", 12), expired("customers", 1));

    Answer answer = report.answer(SETTINGS, Instant.EPOCH);

    assertThat(answer.statusCode()).isEqualTo(Answer.DONE);
    assertThat(answer.body().path("total_failed").asInt()).isZero();
    assertThat(answer.body().path("expired_changes").findValuesAsText("files"))
        .containsExactly("12", "1");
    assertThat(report.lines())
        .extracting(TableLine::tableName, TableLine::outcome, line -> line.note().orElseThrow())
        .containsExactly(
            tuple("customers", Result.SUCCESS, "1 change file expired"),
            tuple("orders", Result.SUCCESS, "12 change files expired"));
  }

  @Test
  void aFailureIsTheTablesAndCounts() {
    CleanupReport report = report(expired("orders", 12), failed("customers", away));

    Answer answer = report.answer(SETTINGS, Instant.EPOCH);

    assertThat(answer.statusCode()).isEqualTo(Answer.PARTIAL);
    assertThat(answer.body().path("total_failed").asInt()).isEqualTo(1);
    JsonNode failed = answer.body().path("expired_changes").path(1);
    assertThat(failed.path("table_name").asText()).isEqualTo("customers");
    assertThat(failed.path("chain").asText()).isEqualTo(ID);
    assertThat(failed.path("error").asText()).isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(failed.path("message").asText()).isEqualTo(away.getMessage());
    assertThat(failed.path("hint").asText()).isEqualTo("try again");
    assertThat(failed.has("files")).isFalse();
    assertThat(report.lines())
        .filteredOn(line -> line.tableName().equals("customers"))
        .extracting(TableLine::outcome)
        .containsExactly(Result.FAILURE);
    assertThat(report(failed("customers", away)).answer(SETTINGS, Instant.EPOCH).statusCode())
        .isEqualTo(Answer.FAILED);
  }

  @Test
  void whatIsProtectedIsToldAndNoFailure() {
    CleanupReport report = report(failed("orders", denied));

    Answer answer = report.answer(SETTINGS, Instant.EPOCH);

    assertThat(answer.statusCode()).isEqualTo(Answer.DONE);
    assertThat(answer.body().path("total_failed").asInt()).isZero();
    assertThat(answer.body().path("total_protected").asInt()).isEqualTo(1);
    assertThat(answer.body().path("expired_changes").path(0).path("error").asText())
        .isEqualTo("ACCESS_DENIED");
    assertThat(report.lines()).isEmpty();
  }

  @Test
  void aReleasedBaseWithoutChangesIsNoLine() {
    CleanupReport report = report(expired("orders", 0));

    assertThat(report.lines()).isEmpty();
    assertThat(report.answer(SETTINGS, Instant.EPOCH).body().path("expired_changes")).hasSize(1);
  }

  private static CleanupReport report(ExpiredChain... chains) {
    return new CleanupReport(
        new BackupNames(Map.of(), Map.of()),
        new ExpireResult(List.of(), List.of(), List.of(), List.of(chains)));
  }

  private static ExpiredChain expired(String table, long files) {
    return new ExpiredChain(decision(table, files), Optional.empty());
  }

  private static ExpiredChain failed(String table, DynavaultException reason) {
    return new ExpiredChain(decision(table, 5), Optional.of(reason));
  }

  private static ChainDecision decision(String table, long files) {
    return new ChainDecision(
        table,
        new RecoveryPointId(ID),
        ChainDecision.Extent.BEGINNING,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        new ChainDecision.Volume(files, files, files * 10),
        "a reason");
  }
}
