// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.json.JsonFields;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was backed up on a day (docs/format/vault.md, "The manifest of a day"): every request of the
 * day, and on top what came of all of them, table by table. For people and for programs; the truth
 * about what can be restored is in the vault's records.
 *
 * @param runs in the order in which they began
 * @param former what another program has left at this place, kept as it is
 */
public record DayManifest(
    LocalDate date,
    String environment,
    String bucket,
    List<DayRun> runs,
    Optional<JsonNode> former) {
  public DayManifest {
    requireNonNull(date, "date is null");
    requireNonNull(environment, "environment is null");
    requireNonNull(bucket, "bucket is null");
    runs = List.copyOf(runs);
    requireNonNull(former, "former is null");
  }

  static DayManifest empty(LocalDate date, String environment, String bucket) {
    return new DayManifest(date, environment, bucket, List.of(), Optional.empty());
  }

  Optional<DayRun> run(String requestId) {
    return runs.stream().filter(run -> run.requestId().equals(requestId)).findFirst();
  }

  /** With this run in place of what was known of it. */
  DayManifest with(DayRun changed) {
    List<DayRun> all = new ArrayList<>();
    boolean found = false;
    for (DayRun run : runs) {
      boolean same = run.requestId().equals(changed.requestId());
      all.add(same ? changed : run);
      found |= same;
    }
    if (!found) {
      all.add(changed);
    }
    return new DayManifest(date, environment, bucket, all, former);
  }

  /** The state of each table: its last completed backup, or what became of the last attempt. */
  public List<TableState> tables() {
    Map<String, TableState> last = new LinkedHashMap<>();
    for (DayRun run : runs) {
      for (TableState state : run.tables()) {
        TableState before = last.get(state.tableName());
        boolean better =
            before == null
                || state.status() == TableState.Status.COMPLETED
                || before.status() != TableState.Status.COMPLETED;
        if (better) {
          last.put(state.tableName(), state);
        }
      }
    }
    return List.copyOf(last.values());
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("formatVersion", "1.0");
    json.put("backup_date", date.toString());
    json.put("environment", environment);
    json.put("s3_bucket", bucket);
    BackupSummary.of(tables()).addTo(json);
    ArrayNode states = json.putArray("tables");
    tables().forEach(table -> states.add(table.toJson()));
    ArrayNode all = json.putArray("runs");
    runs.forEach(run -> all.add(run.toJson()));
    former.ifPresent(node -> json.set("former", node));
    return json;
  }

  static DayManifest read(JsonFields json) {
    return new DayManifest(
        LocalDate.parse(json.text("backup_date")),
        json.text("environment"),
        json.text("s3_bucket"),
        json.objects("runs").stream().map(DayRun::read).toList(),
        Optional.of(json.node().path("former")).filter(node -> !node.isMissingNode()));
  }
}
