// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.VaultKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run has finished, as objects that are each written once. A run that was killed goes on
 * from here; one that has committed removes it. Only who has the run's lease writes to it. Safe for
 * several threads.
 */
public final class RunJournal {
  private static final String SUFFIX = ".json";

  private final ObjectStore store;
  private final RunRecord run;
  private final boolean givenUp;

  RunJournal(ObjectStore store, RunRecord run, boolean givenUp) {
    this.store = requireNonNull(store, "store is null");
    this.run = requireNonNull(run, "run is null");
    this.givenUp = givenUp;
  }

  static RunJournal read(ObjectStore store, StoredJson stored) {
    boolean givenUp = stored.parse("run", fields -> fields.flag("givenUp"));
    return new RunJournal(store, RunRecord.read(stored), givenUp);
  }

  public RunRecord run() {
    return run;
  }

  /** Whether its files are being removed: nobody may go on with it any more. */
  public boolean isGivenUp() {
    return givenUp;
  }

  /**
   * Notes that something is finished and durable.
   *
   * @param name unique in this run: letters, digits, {@code _}, {@code -} and {@code .}
   * @param state what is needed to use it when the run is resumed, as one JSON object
   * @throws DynavaultException {@code LEASE_LOST} if another process has noted something else there
   */
  public void finished(String name, JsonNode state) {
    String key = VaultKeys.runFile(run.tableName(), run.id().value(), name);
    byte[] content =
        RecordSeal.seal(
            JsonDocument.writeVersioned(
                json -> {
                  json.writeFieldName("state");
                  json.writeTree(state);
                }));
    if (store.putIfAbsent(key, content).isPresent()) {
      return;
    }
    Optional<StoredJson> other = StoredJson.find(store, key);
    if (other.isEmpty() || !Arrays.equals(other.get().content(), content)) {
      throw new DynavaultException(
          ErrorCode.LEASE_LOST,
          "unable to go on with run '" + run.id() + "': another process works on it",
          "see what it did with: dynavault list");
    }
  }

  /** Everything that was noted, by name. */
  public Map<String, JsonNode> finished() {
    String prefix = VaultKeys.runFiles(run.tableName(), run.id().value());
    Map<String, JsonNode> states = new TreeMap<>();
    for (String key : keys(prefix)) {
      String name = key.substring(prefix.length(), key.length() - SUFFIX.length());
      StoredJson.find(store, key)
          .map(RunJournal::state)
          .ifPresent(state -> states.put(name, state));
    }
    return states;
  }

  private static JsonNode state(StoredJson stored) {
    return stored.parse(
        "run",
        fields -> {
          RecordSeal.check(stored.content());
          return fields.object("state").node();
        });
  }

  /**
   * Removes the journal, after the commit or after everything the run has written was removed. Its
   * record goes last: if we die before, the rest can still be found.
   */
  public void finish() throws InterruptedException {
    new BulkDelete(store).delete(keys(VaultKeys.runFiles(run.tableName(), run.id().value())));
    store.delete(VaultKeys.runRecord(run.tableName(), run.id().value()));
  }

  private List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(
        prefix,
        info -> {
          if (info.key().endsWith(SUFFIX)) {
            keys.add(info.key());
          }
        });
    return keys;
  }
}
