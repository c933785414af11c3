// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WritePipelineTest {

  @Test
  @Tag("F14")
  void everyItemOfEverySourceIsSentOnce() throws Exception {
    Set<String> sent = ConcurrentHashMap.newKeySet();
    AtomicInteger duplicates = new AtomicInteger();
    BatchSink sink =
        batch -> {
          for (int i = 0; i < batch.count(); i++) {
            if (!sent.add(document(batch, i))) {
              duplicates.incrementAndGet();
            }
          }
        };
    List<Integer> sources = IntStream.range(0, 20).boxed().toList();
    new WritePipeline<Integer>(sink, 3, 5)
        .run(
            sources,
            (source, filler) -> {
              for (int i = 0; i < 1_000; i++) {
                put(filler, source + "/" + i);
              }
            });
    assertThat(sent).hasSize(20_000);
    assertThat(duplicates).hasValue(0);
  }

  @Test
  void aSourceIsSettledOnlyWhenAllItsItemsAreWritten() throws Exception {
    AtomicInteger written = new AtomicInteger();
    AtomicInteger writtenWhenSettled = new AtomicInteger(-1);
    new WritePipeline<String>(batch -> written.addAndGet(batch.count()), 1, 4)
        .run(
            List.of("only"),
            (source, filler) -> {
              for (int i = 0; i < 777; i++) {
                put(filler, source + i);
              }
              filler.settle(() -> writtenWhenSettled.set(written.get()));
            });
    assertThat(writtenWhenSettled).hasValue(777);
  }

  @Test
  void asManyRequestsAsWorkersAreInFlight() throws Exception {
    CyclicBarrier allBusy = new CyclicBarrier(4);
    BatchSink sink =
        batch -> {
          try {
            allBusy.await(1, TimeUnit.MINUTES);
          } catch (BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("fewer than four requests in flight", e);
          }
        };
    new WritePipeline<String>(sink, 4, 4)
        .run(List.of("a", "b", "c", "d"), (source, filler) -> put(filler, source));
    assertThat(allBusy.isBroken()).isFalse();
  }

  @Test
  void aWorkerWithoutASourceSendsForTheOthers() throws Exception {
    CountDownLatch another = new CountDownLatch(1);
    Set<Thread> senders = ConcurrentHashMap.newKeySet();
    new WritePipeline<String>(
            batch -> {
              if (senders.add(Thread.currentThread()) && senders.size() == 2) {
                another.countDown();
              }
            },
            1,
            2)
        .run(
            List.of("only"),
            (source, filler) -> {
              while (another.getCount() > 0) { // until the other worker waits for something to do
                put(filler, source);
              }
            });
    assertThat(senders).hasSize(2);
  }

  @Test
  void withoutSourcesThereIsNothingToWaitFor() throws Exception {
    new WritePipeline<String>(batch -> {}, 0, 3).run(List.of(), (source, filler) -> {});
  }

  @Test
  void aFailureOfTheTableEndsTheReadingToo() {
    BatchSink sink =
        batch -> {
          throw new DynavaultException(ErrorCode.TABLE_NOT_FOUND, "table is gone");
        };
    assertThatThrownBy(
            () ->
                new WritePipeline<String>(sink, 2, 2)
                    .run(
                        List.of("a", "b", "c"),
                        (source, filler) -> {
                          for (int i = 0; i < 1_000_000; i++) {
                            put(filler, source + i);
                          }
                        }))
        .hasMessage("table is gone");
  }

  @Test
  void aFailureOfTheReadingIsThrownAndNothingHangs() {
    assertThatThrownBy(
            () ->
                new WritePipeline<String>(batch -> {}, 2, 3)
                    .run(
                        List.of("a", "b"),
                        (source, filler) -> {
                          put(filler, "x");
                          throw new DynavaultException(ErrorCode.DAMAGED, "file is damaged");
                        }))
        .hasMessage("file is damaged");
  }

  @Test
  void largeItemsMakeSmallBatches() throws Exception {
    AtomicInteger largest = new AtomicInteger();
    byte[] large = new byte[700 * 1024];
    new WritePipeline<String>(batch -> largest.accumulateAndGet(batch.count(), Math::max), 1, 1)
        .run(
            List.of("a"),
            (source, filler) -> {
              for (int i = 0; i < 10; i++) {
                filler.put(large, 0, large.length, large.length);
              }
            });
    assertThat(largest).hasValue(2);
  }

  private static void put(BatchFiller filler, String text) throws InterruptedException {
    byte[] item = text.getBytes(StandardCharsets.UTF_8);
    filler.put(item, 0, item.length, item.length);
  }

  private static String document(WriteBatch batch, int index) {
    return new String(
        batch.array(),
        batch.documentOffset(index),
        batch.documentLength(index),
        StandardCharsets.UTF_8);
  }
}
