// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.restore;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.TableLine;
import java.util.Optional;

/**
 * How far the restore of one table is, or how it has ended.
 *
 * @param recoveryPoint id of what is restored; empty where there is nothing
 * @param items in the table, or that were checked
 * @param deleted of the items that were in the table
 * @param failedItems that could not be written
 */
record TableOutcome(
    String tableName,
    Status status,
    Optional<String> recoveryPoint,
    long items,
    long deleted,
    long failedItems,
    Optional<Failure> failure) {

  /** How far it is. */
  enum Status {
    PENDING,
    VALIDATED,
    COMPLETED,
    FAILED
  }

  TableOutcome {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(status, "status is null");
    requireNonNull(recoveryPoint, "recoveryPoint is null");
    requireNonNull(failure, "failure is null");
  }

  static TableOutcome pending(String tableName, String recoveryPoint) {
    return new TableOutcome(
        tableName, Status.PENDING, Optional.of(recoveryPoint), 0, 0, 0, Optional.empty());
  }

  static TableOutcome missing(String tableName, DynavaultException e) {
    return new TableOutcome(
        tableName, Status.FAILED, Optional.empty(), 0, 0, 0, Optional.of(Failure.of(e)));
  }

  TableOutcome ended(Status how, long count, long removed) {
    return new TableOutcome(tableName, how, recoveryPoint, count, removed, 0, Optional.empty());
  }

  TableOutcome failed(DynavaultException e) {
    return failed(e, items, failedItems);
  }

  TableOutcome failed(DynavaultException e, long written, long notWritten) {
    return new TableOutcome(
        tableName,
        Status.FAILED,
        recoveryPoint,
        written,
        deleted,
        notWritten,
        Optional.of(Failure.of(e)));
  }

  boolean hasEnded() {
    return status != Status.PENDING;
  }

  TableLine line() {
    TableLine line =
        TableLine.of(
                tableName,
                status == Status.FAILED ? Notification.Result.FAILURE : Notification.Result.SUCCESS)
            .withItems(items);
    line = recoveryPoint.map(line::withRecoveryPoint).orElse(line);
    return failure.map(line::withFailure).orElse(line);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("table_name", tableName).put("status", status.name());
    recoveryPoint.ifPresent(id -> json.put("recovery_point_id", id));
    json.put("items_restored", items).put("items_deleted", deleted);
    json.put("items_failed", failedItems);
    failure.ifPresent(
        why ->
            json.put("error", why.error()).put("message", why.message()).put("hint", why.hint()));
    return json;
  }

  static TableOutcome read(JsonFields json) {
    return new TableOutcome(
        json.text("table_name"),
        json.constant("status", Status.class),
        json.optionalText("recovery_point_id"),
        json.number("items_restored"),
        json.number("items_deleted"),
        json.number("items_failed"),
        json.optionalText("error")
            .map(error -> new Failure(error, json.text("message"), json.text("hint"))));
  }
}
