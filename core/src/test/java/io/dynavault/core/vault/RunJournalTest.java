// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunJournalTest {
  private static final ObjectNode STATE = JsonNodeFactory.instance.objectNode().put("items", 40);

  private final TestingVault testing = new TestingVault();
  private final RecoveryPoint point = TestingPoints.point("orders", "2026-11-21T00:00:00Z");
  private final RunJournal journal = testing.vault.runs().begin(TestingPoints.run(point));

  @Test
  void givesBackWhatWasFinished() {
    journal.finished("a.json.gz", STATE);

    assertThat(journal.finished()).isEqualTo(Map.of("a.json.gz", STATE));
  }

  /** What is read here ends up in the record of the resumed run. */
  @Test
  void noOneBitCanBeFlippedInANoteUnseen() throws Exception {
    journal.finished("a.json.gz", STATE);

    refusesEveryFlippedBit(
        "runs/orders/" + point.id() + "/files/a.json.gz.json", journal::finished);
  }

  @Test
  void noOneBitCanBeFlippedInThePlanUnseen() throws Exception {
    refusesEveryFlippedBit(
        "runs/orders/" + point.id() + "/run.json",
        () -> testing.vault.runs().open("orders", point.id()));
  }

  private void refusesEveryFlippedBit(String key, Runnable read) throws Exception {
    byte[] content;
    try (var in = testing.memory.read(key)) {
      content = in.readAllBytes();
    }
    for (int bit = 0; bit < content.length * 8; bit++) {
      byte[] flipped = content.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      testing.memory.put(key, flipped);
      assertThatThrownBy(read::run)
          .as("bit %d", bit)
          .isInstanceOfSatisfying(
              DynavaultException.class,
              e -> assertThat(e.code()).isIn(ErrorCode.DAMAGED, ErrorCode.FORMAT_UNSUPPORTED));
    }
  }
}
