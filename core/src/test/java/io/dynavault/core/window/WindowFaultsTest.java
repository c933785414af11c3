// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An expiry that ends at any write: the window is whole, and the next one finishes it. */
@Tag("F6")
@Tag("F12")
@Tag("G6")
class WindowFaultsTest {
  private static final Duration WINDOW = Duration.ofHours(3);

  @Test
  void anExpiryThatIsCutShortLeavesTheWindowWholeAndIsFinishedByTheNext() throws Exception {
    int writes = 0;
    boolean cut = true;
    while (cut) {
      TestingWindow table = table();
      List<Instant> promised = restorable(table);
      cut = !ends(table, new DyingStore(table.testing.memory, ++writes));

      for (Instant moment : promised) {
        assertThat(table.isRestorable(moment)).as("%s, write %d", moment, writes).isTrue();
      }
      table.expire(WINDOW);
      assertThat(table.orphans()).as("write %d", writes).isEmpty();
      assertThat(table.testing.keys("chains/")).as("write %d", writes).hasSize(1);
      assertThat(table.commitKeys().get(0))
          .isEqualTo(table.log.chain().keys().commit(table.log.firstNumber()));
      for (Instant moment : promised) {
        assertThat(table.isRestorable(moment)).as("%s, write %d", moment, writes).isTrue();
      }
    }
    assertThat(writes).isGreaterThan(40);
  }

  /** A chain that ended before the window, and one that reaches back behind it. */
  private static TestingWindow table() {
    TestingWindow table = new TestingWindow();
    table.base();
    table.capture(Duration.ofHours(3));
    table.end();
    table.begin();
    table.base();
    table.capture(Duration.ofHours(4));
    table.base();
    table.capture(Duration.ofHours(5));
    return table;
  }

  private static List<Instant> restorable(TestingWindow table) {
    Instant latest = table.log.last().orElseThrow().completeTo();
    List<Instant> moments = new ArrayList<>();
    for (Duration back = Duration.ZERO; back.compareTo(WINDOW) <= 0; back = back.plusSeconds(777)) {
      moments.add(latest.minus(back));
    }
    return moments;
  }

  private static boolean ends(TestingWindow table, ObjectStore store) throws Exception {
    try {
      TestingWindow.expire(table.testing.on("dying", store), WINDOW);
      return true;
    } catch (DynavaultException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
      return false;
    }
  }

  /** Takes no write after so many. */
  private static final class DyingStore extends ForwardingStore {
    private final AtomicInteger left;

    DyingStore(ObjectStore store, int writes) {
      super(store);
      this.left = new AtomicInteger(writes);
    }

    @Override
    public void delete(String key) {
      write();
      super.delete(key);
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
      write();
      return super.putIfAbsent(key, content);
    }

    private void write() {
      if (left.getAndDecrement() <= 0) {
        throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "the process has died");
      }
    }
  }
}
