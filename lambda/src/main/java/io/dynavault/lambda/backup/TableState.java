// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import java.util.Optional;

/**
 * How far the backup of one table is.
 *
 * @param awsArn what AWS calls it, once it was started at AWS
 * @param recoveryPoint id of the recovery point, once there is one
 * @param items that it has, where that is known
 * @param bytes their size, as DynamoDB counts it
 */
public record TableState(
    String tableName,
    Status status,
    Optional<String> awsArn,
    Optional<String> recoveryPoint,
    long items,
    long bytes,
    Optional<Failure> failure) {

  /** How far it is. */
  public enum Status {
    PENDING,
    IN_PROGRESS,
    COMPLETED,
    FAILED
  }

  /**
   * Why it has failed.
   *
   * @param error name of the error code
   */
  public record Failure(String error, String message, String hint) {
    public Failure {
      requireNonNull(error, "error is null");
      requireNonNull(message, "message is null");
      requireNonNull(hint, "hint is null");
    }
  }

  public TableState {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(status, "status is null");
    requireNonNull(awsArn, "awsArn is null");
    requireNonNull(recoveryPoint, "recoveryPoint is null");
    requireNonNull(failure, "failure is null");
  }

  /** A table that nothing was done for yet. */
  public static TableState pending(String tableName) {
    return new TableState(
        tableName, Status.PENDING, Optional.empty(), Optional.empty(), 0, 0, Optional.empty());
  }

  public boolean hasEnded() {
    return status == Status.COMPLETED || status == Status.FAILED;
  }

  TableState begun() {
    return new TableState(
        tableName, Status.IN_PROGRESS, awsArn, recoveryPoint, items, bytes, failure);
  }

  TableState begun(String arn) {
    return new TableState(
        tableName, Status.IN_PROGRESS, Optional.of(arn), recoveryPoint, items, bytes, failure);
  }

  TableState completed(RecoveryPoint point) {
    long count = point.content() instanceof StoredExport export ? export.itemCount() : 0;
    long size =
        point.content() instanceof StoredExport export ? export.itemBytes() : point.storedBytes();
    Optional<String> arn =
        point.content() instanceof ManagedBackup backup ? Optional.of(backup.arn()) : awsArn;
    return new TableState(
        tableName,
        Status.COMPLETED,
        arn,
        Optional.of(point.id().value()),
        count,
        size,
        Optional.empty());
  }

  TableState failed(DynavaultException e) {
    return new TableState(
        tableName,
        Status.FAILED,
        awsArn,
        recoveryPoint,
        items,
        bytes,
        Optional.of(new Failure(e.code().name(), e.getMessage(), e.hint())));
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("table_name", tableName).put("status", status.name());
    awsArn.ifPresent(arn -> json.put("arn", arn));
    recoveryPoint.ifPresent(id -> json.put("recovery_point_id", id));
    if (status == Status.COMPLETED) {
      json.put("item_count", items).put("size_bytes", bytes);
    }
    failure.ifPresent(
        why ->
            json.put("error", why.error()).put("message", why.message()).put("hint", why.hint()));
    return json;
  }

  static TableState read(JsonFields json) {
    Optional<Failure> failure =
        json.optionalText("error")
            .map(error -> new Failure(error, json.text("message"), json.text("hint")));
    return new TableState(
        json.text("table_name"),
        json.constant("status", Status.class),
        json.optionalText("arn"),
        json.optionalText("recovery_point_id"),
        json.optionalNumber("item_count").orElse(0),
        json.optionalNumber("size_bytes").orElse(0),
        failure);
  }
}
