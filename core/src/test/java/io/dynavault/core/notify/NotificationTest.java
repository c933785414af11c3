// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify;

import static io.dynavault.core.notify.TestingNotifications.bad;
import static io.dynavault.core.notify.TestingNotifications.good;
import static io.dynavault.core.notify.TestingNotifications.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.Notification.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NotificationTest {

  @Test
  @Tag("G15")
  void theOutcomeFollowsFromThatOfTheTables() {
    assertThat(outcome(good("a"), good("b"))).isEqualTo(Result.SUCCESS);
    assertThat(outcome(good("a"), bad("b"))).isEqualTo(Result.PARTIAL);
    assertThat(outcome(TableLine.of("a", Result.PARTIAL))).isEqualTo(Result.PARTIAL);
    assertThat(outcome(bad("a"), bad("b"))).isEqualTo(Result.FAILURE);
    assertThat(outcome()).isEqualTo(Result.SUCCESS);
  }

  @Test
  void aFailureOfTheRunIsAFailureWhateverTheTablesSay() {
    Notification failed =
        Notification.failed(
            run(Operation.BACKUP), List.of(good("a")), new Failure("CREDENTIALS", "none", ""));

    assertThat(failed.outcome()).isEqualTo(Result.FAILURE);
    assertThat(new NotificationText(failed).body())
        .startsWith("Backup FAILED, 1 table done\nCREDENTIALS: none\n");
  }

  @Test
  void textIsShortAndTellsWhatFailedFirst() {
    NotificationText text = new NotificationText(TestingNotifications.partial());

    assertThat(text.subject()).isEqualTo("Dynavault backup PARTIAL: 1 of 2 tables, vault nightly");
    assertThat(text.body())
        .isEqualTo(
            """
            Backup PARTIAL: 1 of 2 tables

            FAILED orders
              TABLE_NOT_FOUND: there is no such table
              HINT: check the table's name
            OK customers: 1,234 items, 5.6 MiB, 12.3 s
              01715685260608-c488b4e1

            vault: nightly
            started: 2026-11-21T02:00:00Z, took 3 min 12 s
            dynavault 0.1.0
            """);
  }

  @Test
  void successIsToldInOneLineOnTop() {
    Notification success = Notification.of(run(Operation.RESTORE), List.of(good("a")));

    assertThat(new NotificationText(success).subject())
        .isEqualTo("Dynavault restore succeeded: 1 table, vault nightly");
  }

  @Test
  void theSubjectKeepsTheRulesOfSns() {
    Notification.Run run =
        new Notification.Run(
            Operation.BACKUP,
            Optional.of("Tägliche Sicherung\nvon " + "x".repeat(200)),
            TestingNotifications.STARTED,
            Duration.ZERO,
            "0.1.0");

    String subject = new NotificationText(Notification.of(run, List.of(good("a")))).subject();

    assertThat(subject).hasSizeLessThan(100).matches("[\\x20-\\x7e]+").endsWith("...");
  }

  @Test
  void whatComesFromOutsideMakesNoLinesOfItsOwn() {
    TableLine odd =
        bad("a").withFailure(new Failure("BUG", "first\nOK orders\r\u2028second\u001b[31m", ""));

    String body = new NotificationText(Notification.of(run(Operation.BACKUP), List.of(odd))).body();

    assertThat(body.lines()).contains("  BUG: first OK orders second [31m");
  }

  @Test
  void aThousandTablesAreNotAllListed() {
    List<TableLine> lines = IntStream.range(0, 1000).mapToObj(n -> good("t" + n)).toList();

    NotificationText text = new NotificationText(Notification.of(run(Operation.BACKUP), lines));

    assertThat(text.lines()).contains("... and 900 tables more").hasSizeLessThan(250);
  }

  @Test
  @Tag("F21")
  void keysOfItemsStayHere() {
    DynavaultException e =
        new DynavaultException(
            ErrorCode.ITEM_CONFLICT,
            "3 items share their key, such as those of {\"pk\":{\"S\":\"jane@example.com\"}}",
            "leave out {\"pk\":{\"S\":\"jane@example.com\"}} with --key");

    Notification told = Notification.of(run(Operation.RESTORE), List.of(TableLine.failed("a", e)));

    assertThat(new NotificationText(told).body() + NotificationJson.of(told))
        .doesNotContain("jane")
        .contains("3 items share their key, such as those of {...}");
  }

  @Test
  void jsonHasAllOfIt() {
    assertThat(NotificationJson.of(TestingNotifications.partial()))
        .hasToString(
            """
            {"version":1,"tool":"dynavault","toolVersion":"0.1.0",\
            "subject":"Dynavault backup PARTIAL: 1 of 2 tables, vault nightly",\
            "operation":"BACKUP","outcome":"PARTIAL","vault":"nightly",\
            "started":"2026-11-21T02:00:00.123Z","durationSeconds":192.0,\
            "succeeded":1,"partial":0,"failed":1,"tables":[\
            {"tableName":"orders","outcome":"FAILURE","error":"TABLE_NOT_FOUND",\
            "message":"there is no such table","hint":"check the table's name"},\
            {"tableName":"customers","outcome":"SUCCESS",\
            "recoveryPointId":"01715685260608-c488b4e1","itemCount":1234,"itemBytes":5872026,"storedBytes":987654,\
            "durationSeconds":12.3}]}\
            """);
  }

  private static Result outcome(TableLine... lines) {
    return Notification.of(run(Operation.BACKUP), List.of(lines)).outcome();
  }
}
