// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.TestingTime;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.stream.ShardPosition;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.RecoveryPointId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects of format version 1.0 written by hand, by docs/format/continuous.md. */
class ChainObjectsGoldenTest {
  private static final String ID = "01795253400000-0a1b2c3d";
  private static final String FOLDER = "continuous/orders/" + ID + "/";
  private static final String SHA256 =
      "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
  private static final String COMMIT =
      """
      "number":2,"written":"2026-11-21T10:00:07.5Z","epoch":3,"completeTo":"2026-11-21T10:00:00Z",\
      "files":[{"key":"continuous/orders/01795253400000-0a1b2c3d/data/2026-11-21T09/a.json.gz",\
      "size":312,"sha256":"%s","changes":4,"firstTime":"2026-11-21T09:59:58Z",\
      "lastTime":"2026-11-21T10:00:01.25Z"}],"positions":{"s-1":{"closed":true},\
      "s-2":{"after":"400","parent":"s-1"},"s-3":{"from":"TRIM_HORIZON","parent":"s-1"}},\
      "inserts":1,"modifies":1,"removes":2,"expirations":1,\
      "late":{"changes":1,"earliest":"2026-11-21T09:59:58Z"},"later":"ignored\"\
      """
          .formatted(SHA256);
  private static final Commit EXPECTED =
      new Commit(
          new RecoveryPointId(ID),
          2,
          Instant.parse("2026-11-21T10:00:07.5Z"),
          3,
          Instant.parse("2026-11-21T10:00:00Z"),
          List.of(
              new ChangeFile(
                  FOLDER + "data/2026-11-21T09/a.json.gz",
                  312,
                  Checksum.sha256(SHA256),
                  4,
                  Instant.parse("2026-11-21T09:59:58Z"),
                  Instant.parse("2026-11-21T10:00:01.25Z"))),
          Map.of(
              "s-1", ShardPosition.closed(Optional.empty()),
              "s-2", ShardPosition.after("400", Optional.of("s-1")),
              "s-3", ShardPosition.trimHorizon(Optional.of("s-1"))),
          new ChangeCounts(1, 1, 2, 1),
          Optional.of(new LateChanges(1, Instant.parse("2026-11-21T09:59:58Z"))));

  private final MemoryStore store = MemoryStore.isolated(new TestingTime());
  private final ChainLog log = new ContinuousBackups(store).create(TestingLog.chain("orders"));

  @Test
  void readsACommit() {
    put("commits/0000000/0000000002.json", "\"chain\":\"" + ID + "\"," + COMMIT);

    assertThat(log.commits(2, 2)).containsExactly(EXPECTED);
  }

  @Test
  void readsAnHour() {
    put(
        "hours/2026-11-21T10.json",
        "\"chain\":\"%s\",\"hour\":\"2026-11-21T10:00:00Z\",\"commits\":[{%s}]"
            .formatted(ID, COMMIT));

    assertThat(log.commits(2, 2)).containsExactly(EXPECTED);
    assertThat(log.last()).contains(EXPECTED);
  }

  @Test
  void readsABase() {
    put(
        "bases/01795253500000-00000000.json",
        """
        "chain":"%s","recoveryPoint":"01795253500000-00000000","afterCommit":7,\
        "changesSince":"2026-11-21T09:00:00Z","completeWith":9,\
        "restorableFrom":"2026-11-21T09:00:00Z\"\
        """
            .formatted(ID));

    assertThat(log.bases())
        .containsExactly(
            new Base(
                new RecoveryPointId(ID),
                new RecoveryPointId("01795253500000-00000000"),
                7,
                Optional.of(Instant.parse("2026-11-21T09:00:00Z")),
                9,
                Instant.parse("2026-11-21T09:00:00Z")));
  }

  @Test
  void readsAnEnd() {
    put(
        "end.json",
        """
        "chain":"%s","reason":"SHARD_LOST","detail":"shard s-1 is gone",\
        "completeTo":"2026-11-21T09:00:00Z","written":"2026-11-21T09:00:09Z\"\
        """
            .formatted(ID));

    assertThat(log.end())
        .contains(
            new ChainEnd(
                new RecoveryPointId(ID),
                ChainEnd.Reason.SHARD_LOST,
                "shard s-1 is gone",
                Instant.parse("2026-11-21T09:00:00Z"),
                Instant.parse("2026-11-21T09:00:09Z")));
  }

  @Test
  void readsOfWhatItIsACopy() {
    assertThat(log.origin()).isEmpty();
    put(
        "copied.json",
        """
        "chain":"%s","vault":"6b1f4f5e-6f0e-4f6c-9a1d-0d1a9f4c7c11","vaultName":"main",\
        "written":"2026-11-21T09:00:09Z\"\
        """
            .formatted(ID));

    assertThat(log.origin())
        .contains(
            new CopyOrigin(
                new RecoveryPointId(ID),
                UUID.fromString("6b1f4f5e-6f0e-4f6c-9a1d-0d1a9f4c7c11"),
                "main",
                Instant.parse("2026-11-21T09:00:09Z")));
  }

  @Test
  void refusesACopyOfNoVault() {
    put(
        "copied.json",
        """
        "chain":"%s","vault":"main","vaultName":"main","written":"2026-11-21T09:00:09Z\"\
        """
            .formatted(ID));

    assertThatThrownBy(log::origin).hasMessageContaining("'vault' is not the id of a vault");
  }

  /** What another program, or somebody with an editor, could write with a checksum that fits. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "number":2                        | "number":3                          | 'number'
          "number":2                        | "number":0                          | number of a commit
          data/2026-11-21T09/a              | commits/0000000/a                   | 'key' is not a change
          continuous/orders                 | continuous/others                   | 'key' is not a change
          data/2026-11-21T09/a              | data/2026-11-21T09/../../../../../x | 'key' is not a change
          "completeTo":"2026-11-21T10:00:00Z" | "completeTo":"2026-11-21T10:00:00.5Z" | whole second
          "removes":2                       | "removes":3                         | numbers of changes
          "expirations":1                   | "expirations":3                     | count of changes
          "changes":4                       | "changes":0                         | empty
          "firstTime":"2026-11-21T09:59:58Z" | "firstTime":"2026-11-22T09:59:58Z" | before firstTime
          {"closed":true}                   | {"closed":false}                    | positions.s-1
          {"closed":true}                   | {"closed":true,"after":"4"}         | positions.s-1
          "TRIM_HORIZON"                    | "LATEST"                            | positions.s-3
          "epoch":3                         | "epoch":"3"                         | 'epoch'
          "written":"2026-11-21T10:00:07.5Z" | "written":"yesterday"              | 'written'
          """)
  void refusesWhatNoCommitSays(String part, String other, String reason) {
    put("commits/0000000/0000000002.json", "\"chain\":\"" + ID + "\"," + replace(part, other));

    assertThatThrownBy(() -> log.commits(2, 2))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED))
        .hasMessageContaining("0000000002.json")
        .hasMessageContaining(reason);
  }

  @Test
  void refusesTheCommitOfAnotherChain() {
    put("commits/0000000/0000000002.json", "\"chain\":\"01795253400001-0a1b2c3d\"," + COMMIT);

    assertThatThrownBy(() -> log.commits(2, 2)).hasMessageContaining("'chain' is not the one");
  }

  @Test
  void refusesALaterMajorVersion() {
    String content = "{\"formatVersion\":\"2.0\",\"chain\":\"" + ID + "\"," + COMMIT;
    store.put(FOLDER + "commits/0000000/0000000002.json", seal(content));

    assertThatThrownBy(() -> log.commits(2, 2))
        .isInstanceOfSatisfying(
            DynavaultException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNSUPPORTED));
  }

  private static String replace(String part, String other) {
    assertThat(COMMIT).contains(part);
    return COMMIT.replace(part, other);
  }

  private void put(String key, String fields) {
    store.put(FOLDER + key, seal("{\"formatVersion\":\"1.0\"," + fields));
  }

  /** By docs/format/vault.md, "The record". */
  private static byte[] seal(String document) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(document.getBytes(UTF_8));
      return (document + ",\"recordSha256\":\"" + HexFormat.of().formatHex(digest) + "\"}")
          .getBytes(UTF_8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
