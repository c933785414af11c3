// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.delete.Protections;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WindowSurveyTest {
  @Test
  void readsTheEndOfAChainAndItsBasesOnce() throws InterruptedException {
    TestingWindow table = new TestingWindow();
    table.capture(Duration.ofHours(3));
    String base = table.base().id().value();
    ReadsByKey store = new ReadsByKey(table.testing.memory);
    Vault vault = table.testing.on("elsewhere", store);

    WindowSurvey survey = new WindowSurvey(vault, Protections.of(vault));
    assertThat(survey.plan("orders", Optional.empty())).hasSize(1);

    var keys = table.log.chain().keys();
    assertThat(store.reads).containsEntry(keys.commit(9), 1).containsEntry(keys.base(base), 1);
  }

  /** How often each object was read. */
  private static final class ReadsByKey extends ForwardingStore {
    final Map<String, Integer> reads = new TreeMap<>();

    ReadsByKey(ObjectStore store) {
      super(store);
    }

    @Override
    public synchronized ObjectDownload read(String key) {
      reads.merge(key, 1, Integer::sum);
      return super.read(key);
    }
  }
}
