// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.capture.CaptureResult;
import io.dynavault.core.capture.CaptureStatus;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.lambda.host.Answer;
import java.util.Optional;

/**
 * What an invocation has done for a table.
 *
 * @param result empty where another process captures it, and where it failed
 * @param standing how the continuous backup stands; empty where there is none
 */
record CapturedTable(
    String tableName,
    Status status,
    Optional<CaptureResult> result,
    Optional<CaptureStatus> standing,
    Optional<DynavaultException> failure) {

  /** How it has ended. */
  enum Status {
    /** It has everything up to the time it began. */
    COMPLETED,
    /** The time was over; the next invocation goes on. */
    IN_PROGRESS,
    /** Another process does it. */
    CAPTURED_ELSEWHERE,
    FAILED
  }

  CapturedTable {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(status, "status is null");
    requireNonNull(result, "result is null");
    requireNonNull(standing, "standing is null");
    requireNonNull(failure, "failure is null");
  }

  static CapturedTable of(String tableName, Status status) {
    return new CapturedTable(
        tableName, status, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static CapturedTable of(String tableName, Status status, CaptureResult result) {
    return new CapturedTable(
        tableName, status, Optional.of(result), Optional.empty(), Optional.empty());
  }

  static CapturedTable failed(String tableName, DynavaultException e) {
    return new CapturedTable(
        tableName, Status.FAILED, Optional.empty(), Optional.empty(), Optional.of(e));
  }

  CapturedTable with(CaptureStatus observed) {
    return new CapturedTable(tableName, status, result, Optional.of(observed), failure);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("table_name", tableName);
    json.put("status", status.name());
    result.ifPresent(
        done ->
            json.put("changes", done.changes().total())
                .put("commits", done.commits())
                .put("gaps", done.gaps().size()));
    standing.ifPresent(
        now -> {
          now.earliest().ifPresent(time -> json.put("earliest", time.toString()));
          now.latest().ifPresent(time -> json.put("latest", time.toString()));
          json.put("lag_seconds", now.lag().toSeconds());
        });
    failure.ifPresent(e -> Answer.describe(e, json));
    return json;
  }
}
