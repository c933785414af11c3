// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuousKeysTest {
  private static final String ID = "01795253400123-0a1b2c3d";
  private static final String FOLDER = "continuous/orders/" + ID + "/";
  private static final Instant TIME = Instant.parse("2026-03-01T09:59:59.999Z");
  private final ContinuousKeys keys = new ContinuousKeys("orders", ID);

  @Test
  void keysAreThoseOfTheSpecification() {
    assertThat(keys.description()).isEqualTo("chains/orders/" + ID + ".json");
    assertThat(keys.commit(1)).isEqualTo(FOLDER + "commits/0000000/0000000001.json");
    assertThat(keys.commit(1_234_567_890L)).isEqualTo(FOLDER + "commits/1234567/1234567890.json");
    assertThat(keys.hour(TIME)).isEqualTo(FOLDER + "hours/2026-03-01T09.json");
    assertThat(keys.base(ID)).isEqualTo(FOLDER + "bases/" + ID + ".json");
    assertThat(keys.end()).isEqualTo(FOLDER + "end.json");
    assertThat(keys.dataFile(TIME, "a.json.gz")).isEqualTo(FOLDER + "data/2026-03-01T09/a.json.gz");
  }

  @Test
  void keysAreParsedBack() {
    assertThat(ContinuousKeys.parseDescription(keys.description())).contains(keys);
    assertThat(ContinuousKeys.parse(keys.end())).contains(keys);
    assertThat(keys.parseCommit(keys.commit(987_654_321))).contains(987_654_321L);
    assertThat(keys.parseHour(keys.hour(TIME))).contains(Instant.parse("2026-03-01T09:00:00Z"));
    assertThat(keys.parseBase(keys.base(ID))).contains(ID);
    assertThat(keys.isDataFile(keys.dataFile(TIME, "a.json.gz"))).isTrue();
  }

  @Test
  void keysSortInTheOrderOfCommitsAndHours() {
    assertThat(List.of(keys.commit(9), keys.commit(999), keys.commit(1000), keys.commit(10_001)))
        .isSorted();
    assertThat(List.of(keys.hour(TIME), keys.hour(TIME.plusSeconds(1)))).isSorted();
  }

  @Test
  void aFolderHoldsAThousandCommits() {
    assertThat(ContinuousKeys.lastOfFolder(1)).isEqualTo(999);
    assertThat(ContinuousKeys.lastOfFolder(999)).isEqualTo(999);
    assertThat(ContinuousKeys.lastOfFolder(1000)).isEqualTo(1999);
    assertThat(keys.commit(1999)).startsWith(keys.commitFolder(1000));
    assertThat(keys.commit(2000)).doesNotStartWith(keys.commitFolder(1000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "commits/0000000/0000000000.json",
        "commits/0000001/0000000001.json",
        "commits/0000000001.json",
        "commits/0000000/1.json",
        "commits/0000000/0000000001.json.bak",
        "commits/0000000/deeper/0000000001.json"
      })
  void whatIsNoCommitHasNoNumber(String rest) {
    assertThat(keys.parseCommit(FOLDER + rest)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hours/2026-02-30T09.json",
        "hours/2026-03-01T24.json",
        "hours/2026-03-01T9.json",
        "hours/2026-03-01T09:00.json",
        "hours/2026-03-01.json",
        "hours/2026-03-01T09"
      })
  void whatIsNoHourHasNoTime(String rest) {
    assertThat(keys.parseHour(FOLDER + rest)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data/2026-03-01T09/..",
        "data/2026-03-01T09/../../../vault.json",
        "data/2026-03-01T09/",
        "data/a.json.gz",
        "data/../2026-03-01T09/a.json.gz",
        "commits/0000000/0000000001.json"
      })
  void noKeyLeadsOutOfTheChangeFiles(String rest) {
    assertThat(keys.isDataFile(FOLDER + rest)).isFalse();
  }

  @Test
  void keysOfOtherChainsAreNotOurs() {
    ContinuousKeys other = new ContinuousKeys("orders", "01795253400124-0a1b2c3d");

    assertThat(keys.parseCommit(other.commit(1))).isEmpty();
    assertThat(keys.parseHour(other.hour(TIME))).isEmpty();
    assertThat(keys.parseBase(other.base(ID))).isEmpty();
    assertThat(keys.isDataFile(other.dataFile(TIME, "a.json.gz"))).isFalse();
    assertThat(ContinuousKeys.parseDescription("continuous/orders/" + ID + ".json")).isEmpty();
    assertThat(ContinuousKeys.parse(keys.description())).isEmpty();
  }

  @Test
  void namesFromOutsideDoNotBecomePaths() {
    assertThatThrownBy(() -> new ContinuousKeys("../orders", ID))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ContinuousKeys("orders", "latest"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.base("../end")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.dataFile(TIME, "a/b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.commit(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.commit(10_000_000_000L))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
