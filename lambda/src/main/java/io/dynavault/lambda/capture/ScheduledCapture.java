// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.capture.CaptureResult;
import io.dynavault.core.capture.CaptureSurvey;
import io.dynavault.core.capture.CaptureSurvey.Extent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.StopSignal;
import io.dynavault.lambda.capture.CapturedTable.Status;
import io.dynavault.lambda.host.Answer;
import io.dynavault.lambda.host.Host;
import io.dynavault.lambda.host.Invocation;
import io.dynavault.lambda.host.Settings;
import io.dynavault.lambda.host.VaultAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Captures the tables that the event or the settings name, each up to now. */
final class ScheduledCapture {
  /** Tables captured at the same time: what the memory of a small function has room for. */
  private static final int TABLES_AT_ONCE = 4;

  private final Host host;
  private final Invocation invocation;
  private final CaptureNotice notice;

  ScheduledCapture(Host host, Invocation invocation, CaptureNotice notice) {
    this.host = requireNonNull(host, "host is null");
    this.invocation = requireNonNull(invocation, "invocation is null");
    this.notice = requireNonNull(notice, "notice is null");
  }

  /**
   * Captures.
   *
   * @throws DynavaultException where settings, event or vault are at fault
   */
  Answer run() throws InterruptedException {
    Settings settings = new Settings(host.variables());
    List<String> tables = tables(settings);
    int atOnce = Math.min(tables.size(), TABLES_AT_ONCE);
    try (VaultAccess access = VaultAccess.openOrCreate(host, settings, invocation);
        TableCaptures captures = TableCaptures.open(host, access.vault(), invocation, atOnce)) {
      notice.about(access);
      CaptureSurvey survey = new CaptureSurvey(access.vault(), invocation.timing().clock());
      List<Outcome<CapturedTable>> outcomes =
          Outcome.ofEach(
              tables, atOnce, new StopSignal(), table -> capture(captures, survey, table));
      return answer(settings, outcomes);
    }
  }

  private List<String> tables(Settings settings) {
    List<String> named = invocation.event().texts("tables");
    List<String> tables = named.isEmpty() ? settings.list("DYNAMODB_TABLES") : named;
    if (tables.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.CONFIG_INVALID,
          "unable to choose tables: none are named",
          "set DYNAMODB_TABLES, or invoke the function with {\"tables\":[\"orders\"]}");
    }
    return tables.stream().distinct().toList();
  }

  private CapturedTable capture(TableCaptures captures, CaptureSurvey survey, String table) {
    CapturedTable captured;
    try {
      CaptureResult result = captures.run(table, notice).run();
      notice.works(table);
      captured =
          CapturedTable.of(
              table,
              invocation.stop().isRequested() ? Status.IN_PROGRESS : Status.COMPLETED,
              result);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED, "capture of table '" + table + "' was interrupted", e);
    } catch (DynavaultException e) {
      captured = failed(table, e);
    }
    return standing(survey, captured);
  }

  /** Whoever has the lease captures the table as well. */
  private CapturedTable failed(String table, DynavaultException e) {
    if (e.code() == ErrorCode.LEASE_HELD || e.code() == ErrorCode.LEASE_LOST) {
      return CapturedTable.of(table, Status.CAPTURED_ELSEWHERE);
    }
    notice.fails(table, e);
    return CapturedTable.failed(table, e);
  }

  private CapturedTable standing(CaptureSurvey survey, CapturedTable captured) {
    try {
      return survey
          .status(captured.tableName(), Extent.GLANCE)
          .map(
              status -> {
                notice.stands(status);
                return captured.with(status);
              })
          .orElse(captured);
    } catch (DynavaultException e) {
      notice.fails(captured.tableName(), e);
      return captured.status() == Status.FAILED
          ? captured
          : CapturedTable.failed(captured.tableName(), e);
    }
  }

  private static Answer answer(Settings settings, List<Outcome<CapturedTable>> outcomes) {
    List<CapturedTable> tables = new ArrayList<>();
    for (Outcome<CapturedTable> outcome : outcomes) {
      Optional<CapturedTable> result = outcome.result();
      tables.add(
          result.orElseGet(
              () -> CapturedTable.failed(outcome.subject(), outcome.failure().orElseThrow())));
    }
    long failed = count(tables, Status.FAILED);
    long pending = count(tables, Status.IN_PROGRESS);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("environment", settings.text("ENVIRONMENT", "unknown"));
    body.put("total_tables_processed", tables.size());
    body.put("failed_tables", failed);
    ArrayNode json = body.putArray("tables");
    tables.forEach(table -> json.add(table.toJson()));
    return new Answer(
        pending > 0 ? Answer.CONTINUES : Answer.statusCode(tables.size() - failed, failed), body);
  }

  private static long count(List<CapturedTable> tables, Status status) {
    return tables.stream().filter(table -> table.status() == status).count();
  }
}
