// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.Vault;
import java.util.List;
import java.util.Optional;

/**
 * A recovery point that is held now, or not any more.
 *
 * @param hold the hold that is there now, or was there until now
 */
record HoldChange(CatalogEntry entry, Action action, Optional<Hold> hold) {

  /** What has become of the hold. */
  enum Action {
    HELD,
    RELEASED,
    /** There was none to release. */
    NOT_HELD
  }

  /** Makes the change. */
  @FunctionalInterface
  interface Work {
    HoldChange run() throws InterruptedException;
  }

  HoldChange {
    requireNonNull(entry, "entry is null");
    requireNonNull(action, "action is null");
    requireNonNull(hold, "hold is null");
  }

  static HoldChange held(CatalogEntry entry, Hold hold) {
    return new HoldChange(entry, Action.HELD, Optional.of(hold));
  }

  static HoldChange released(CatalogEntry entry, Optional<Hold> before) {
    return new HoldChange(entry, before.isPresent() ? Action.RELEASED : Action.NOT_HELD, before);
  }

  /** One recovery point that fails does not stop the others. */
  static Outcome<HoldChange> attempt(CatalogEntry entry, Work work) throws InterruptedException {
    String id = entry.id().value();
    try {
      return new Outcome<>(id, Optional.of(work.run()), Optional.empty());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      return new Outcome<>(id, Optional.empty(), Optional.of(e));
    }
  }

  /** Who changes holds, for people: the user's name, where known, and the host's. */
  static String author(Session session, Vault vault) {
    String host = vault.leases().holder().host();
    String user = session.context().environment().getOrDefault("USER", "");
    return user.isEmpty() ? host : user + "@" + host;
  }

  /** A hold as every command prints it with {@code --json}. */
  static ObjectNode json(Hold hold) {
    return Json.object()
        .put("reason", hold.reason())
        .put("by", hold.by())
        .put("time", Json.time(hold.time()));
  }

  static void print(Output output, List<Outcome<HoldChange>> outcomes) {
    outcomes.stream().flatMap(outcome -> outcome.result().stream()).forEach(c -> c.print(output));
  }

  private void print(Output output) {
    if (output.isJson()) {
      ObjectNode json =
          Json.object()
              .put("recoveryPointId", entry.id().value())
              .put("tableName", entry.tableName())
              .put("action", action.name());
      hold.ifPresent(held -> json.set("hold", json(held)));
      output.event(MessageType.ITEM, json);
      return;
    }
    String point = "recovery point " + entry.id().value() + " of table " + entry.tableName();
    output
        .page()
        .line(
            switch (action) {
              case HELD -> "held " + point + ": " + reason();
              case RELEASED -> "released " + point + ", held by " + words();
              case NOT_HELD -> point + " is not held";
            });
  }

  private String reason() {
    return hold.map(Hold::reason).orElse("");
  }

  private String words() {
    return hold.map(held -> held.by() + ": " + held.reason()).orElse("nobody");
  }
}
