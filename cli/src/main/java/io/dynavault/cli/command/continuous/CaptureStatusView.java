// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.capture.CaptureStatus;
import io.dynavault.core.capture.ChainStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The windows of tables, what is wrong with them, and the gaps between their chains. */
record CaptureStatusView(List<JudgedStatus> tables) implements View {
  private static final String NONE = "-";

  CaptureStatusView {
    tables = List.copyOf(tables);
  }

  @Override
  public void text(Page page) {
    if (tables.isEmpty()) {
      page.line("no table has a continuous backup in this vault");
      return;
    }
    TextTable windows =
        TextTable.of(
            "TABLE", "STATE", "EARLIEST", "LATEST", ">LAG", ">CHANGES/MIN", ">STORED/MIN", ">SIZE");
    tables.forEach(table -> row(windows, table.status()));
    page.table(windows);
    TextTable chains = chains();
    if (!chains.isEmpty()) {
      page.blank();
      page.table(chains);
    }
    for (JudgedStatus table : tables) {
      for (String problem : table.problems()) {
        page.line("PROBLEM: table '%s': %s".formatted(table.status().tableName(), problem));
      }
    }
  }

  private static void row(TextTable text, CaptureStatus status) {
    text.row(
        status.tableName(),
        status.state().name().toLowerCase(Locale.ROOT),
        moment(status.earliest()),
        moment(status.latest()),
        TimeText.span(status.lag()),
        Counts.text(Math.round(status.lately().changes())),
        ByteSize.text(Math.round(status.lately().storedBytes())),
        status.whole().map(volume -> ByteSize.text(volume.storedBytes())).orElse(NONE));
  }

  /** The chains of tables that have several: between them there are gaps. */
  private TextTable chains() {
    TextTable text = TextTable.of("TABLE", "CHAIN", "FROM", "TO", "ENDED BY");
    for (JudgedStatus table : tables) {
      List<ChainStatus> chains = table.status().chains();
      if (chains.size() > 1) {
        chains.forEach(
            chain ->
                text.row(
                    table.status().tableName(),
                    chain.id().value(),
                    moment(chain.earliest()),
                    TimeText.moment(chain.latest()),
                    chain.end().map(end -> end.reason().name()).orElse(NONE)));
      }
    }
    return text;
  }

  private static String moment(Optional<Instant> time) {
    return time.map(TimeText::moment).orElse(NONE);
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray("tables");
    tables.forEach(table -> array.add(json(table)));
    return json;
  }

  private static ObjectNode json(JudgedStatus judged) {
    CaptureStatus status = judged.status();
    ObjectNode json =
        Json.object().put("tableName", status.tableName()).put("state", status.state().name());
    status.holder().ifPresent(holder -> json.put("capturedBy", holder.toString()));
    status.earliest().ifPresent(time -> json.put("earliest", Json.time(time)));
    status.latest().ifPresent(time -> json.put("latest", Json.time(time)));
    json.put("lagSeconds", status.lag().toSeconds())
        .put("changesPerMinute", rounded(status.lately().changes()))
        .put("storedBytesPerMinute", rounded(status.lately().storedBytes()));
    status
        .whole()
        .ifPresent(
            volume ->
                json.put("commits", volume.commits())
                    .put("changes", volume.changes())
                    .put("storedBytes", volume.storedBytes()));
    ArrayNode chains = json.putArray("chains");
    status.chains().forEach(chain -> chains.add(json(chain)));
    ArrayNode problems = json.putArray("problems");
    judged.problems().forEach(problems::add);
    return json;
  }

  private static ObjectNode json(ChainStatus chain) {
    ObjectNode json = Json.object().put("chain", chain.id().value());
    chain.earliest().ifPresent(time -> json.put("earliest", Json.time(time)));
    json.put("latest", Json.time(chain.latest()));
    chain
        .end()
        .ifPresent(end -> json.put("reason", end.reason().name()).put("detail", end.detail()));
    chain
        .origin()
        .ifPresent(
            origin ->
                json.put("copiedFrom", origin.vault().toString())
                    .put("copiedFromName", origin.vaultName()));
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
