// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.vault.Checksum;
import io.dynavault.format.layout.ContinuousKeys;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A commit, alone and in the index of its hour, as JSON (docs/format/continuous.md, "Objects"). */
final class CommitParser {
  private CommitParser() {}

  static byte[] write(Commit commit) {
    return Sealed.write(
        json -> {
          json.writeStringField("chain", commit.chain().value());
          writeFields(commit, json);
        });
  }

  static Commit read(StoredJson stored, Chain chain) {
    return Sealed.read(
        stored,
        "commit",
        fields -> {
          Sealed.chain(fields, chain);
          Commit commit = readFields(fields, chain, chain.keys());
          if (!stored.info().key().equals(chain.keys().commit(commit.number()))) {
            throw fields.invalid("number", "is not the one of the key");
          }
          return commit;
        });
  }

  /** The index of an hour. */
  static byte[] writeHour(Chain chain, Instant hour, List<Commit> commits) {
    return Sealed.write(
        json -> {
          json.writeStringField("chain", chain.id().value());
          json.writeStringField("hour", hour.toString());
          json.writeArrayFieldStart("commits");
          for (Commit commit : commits) {
            json.writeStartObject();
            writeFields(commit, json);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** The commits of the index of an hour: at least one, numbered without gaps. */
  static List<Commit> readHour(StoredJson stored, Chain chain) {
    return Sealed.read(
        stored,
        "hour",
        fields -> {
          Sealed.chain(fields, chain);
          if (!stored.info().key().equals(chain.keys().hour(fields.time("hour")))) {
            throw fields.invalid("hour", "is not the one of the key");
          }
          return readCommits(fields, chain);
        });
  }

  private static List<Commit> readCommits(JsonFields fields, Chain chain) {
    Instant hour = fields.time("hour");
    ContinuousKeys keys = chain.keys();
    List<Commit> commits = new ArrayList<>();
    for (JsonFields element : fields.objects("commits")) {
      Commit commit = readFields(element, chain, keys);
      if (!commit.hour().equals(hour)) {
        throw element.invalid("written", "is not in the hour");
      }
      if (!commits.isEmpty() && commits.get(commits.size() - 1).number() + 1 != commit.number()) {
        throw element.invalid("number", "does not follow the one before it");
      }
      commits.add(commit);
    }
    if (commits.isEmpty()) {
      throw fields.invalid("commits", "has none");
    }
    return commits;
  }

  private static void writeFields(Commit commit, JsonGenerator json) throws IOException {
    json.writeNumberField("number", commit.number());
    json.writeStringField("written", commit.written().toString());
    json.writeNumberField("epoch", commit.epoch());
    json.writeStringField("completeTo", commit.completeTo().toString());
    json.writeArrayFieldStart("files");
    for (ChangeFile file : commit.files()) {
      write(file, json);
    }
    json.writeEndArray();
    PositionsParser.write(commit.positions(), json);
    json.writeNumberField("inserts", commit.counts().inserts());
    json.writeNumberField("modifies", commit.counts().modifies());
    json.writeNumberField("removes", commit.counts().removes());
    json.writeNumberField("expirations", commit.counts().expirations());
    if (commit.late().isPresent()) {
      json.writeObjectFieldStart("late");
      json.writeNumberField("changes", commit.late().get().changes());
      json.writeStringField("earliest", commit.late().get().earliest().toString());
      json.writeEndObject();
    }
  }

  private static void write(ChangeFile file, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", file.key());
    json.writeNumberField("size", file.size());
    json.writeStringField("sha256", file.checksum().value());
    json.writeNumberField("changes", file.changes());
    json.writeStringField("firstTime", file.firstTime().toString());
    json.writeStringField("lastTime", file.lastTime().toString());
    json.writeEndObject();
  }

  private static Commit readFields(JsonFields fields, Chain chain, ContinuousKeys keys) {
    return new Commit(
        chain.id(),
        fields.number("number"),
        fields.time("written"),
        fields.number("epoch"),
        fields.time("completeTo"),
        fields.objects("files").stream().map(file -> readFile(file, keys)).toList(),
        PositionsParser.read(fields),
        new ChangeCounts(
            fields.number("inserts"),
            fields.number("modifies"),
            fields.number("removes"),
            fields.number("expirations")),
        fields
            .optionalObject("late")
            .map(late -> new LateChanges(late.number("changes"), late.time("earliest"))));
  }

  /** A commit that names objects of others must not make anybody read or delete them. */
  private static ChangeFile readFile(JsonFields fields, ContinuousKeys keys) {
    String key = fields.text("key");
    if (!keys.isDataFile(key)) {
      throw fields.invalid("key", "is not a change file of this chain");
    }
    return new ChangeFile(
        key,
        fields.number("size"),
        Checksum.sha256(fields.text("sha256")),
        fields.number("changes"),
        fields.time("firstTime"),
        fields.time("lastTime"));
  }
}
