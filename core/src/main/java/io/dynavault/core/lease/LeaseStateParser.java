// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A lease's object as JSON (docs/format/vault.md, "Leases, marks and fencing"). */
final class LeaseStateParser {
  private static final Holder UNKNOWN =
      new Holder(
          "0000000000000000",
          "unknown",
          0,
          "a process whose lease cannot be read",
          Optional.empty(),
          Optional.empty());

  private LeaseStateParser() {}

  static byte[] write(LeaseState state) {
    return JsonDocument.writeVersioned(
        json -> {
          json.writeStringField("name", state.name());
          json.writeNumberField("epoch", state.epoch());
          json.writeStringField("state", state.phase().name());
          json.writeFieldName("holder");
          writeHolder(state.holder(), json);
          json.writeStringField("acquired", state.acquired().toString());
          json.writeNumberField("renewals", state.renewals());
          json.writeNumberField("ttlSeconds", state.ttl().toSeconds());
        });
  }

  /**
   * Reads a lease. One that cannot be read counts as held by somebody unknown, so that it is
   * respected as long as it changes and runs out like any other: one bad object stops nobody.
   */
  static LeaseState read(StoredJson stored) {
    try {
      return stored.parse("lease", LeaseStateParser::read);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED && e.code() != ErrorCode.FORMAT_UNSUPPORTED) {
        throw e;
      }
      return new LeaseState(
          "unreadable",
          1,
          LeaseState.Phase.HELD,
          UNKNOWN,
          stored.info().lastModified(),
          0,
          LeaseSettings.DEFAULT_TTL);
    }
  }

  private static LeaseState read(JsonFields fields) {
    return new LeaseState(
        fields.text("name"),
        fields.number("epoch"),
        fields.constant("state", LeaseState.Phase.class),
        readHolder(fields.object("holder")),
        fields.time("acquired"),
        fields.number("renewals"),
        Duration.ofSeconds(fields.number("ttlSeconds")));
  }

  private static void writeHolder(Holder holder, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", holder.id());
    json.writeStringField("host", holder.host());
    json.writeNumberField("pid", holder.pid());
    json.writeStringField("command", holder.command());
    if (holder.processSpace().isPresent()) {
      json.writeStringField("processSpace", holder.processSpace().get());
    }
    if (holder.processStarted().isPresent()) {
      json.writeStringField("processStarted", holder.processStarted().get().toString());
    }
    json.writeEndObject();
  }

  private static Holder readHolder(JsonFields fields) {
    return new Holder(
        fields.text("id"),
        fields.text("host"),
        fields.number("pid"),
        fields.text("command"),
        fields.optionalText("processSpace"),
        fields.optionalTime("processStarted"));
  }
}
