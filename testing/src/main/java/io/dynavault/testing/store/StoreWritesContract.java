// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.UnfinishedUpload;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The part of the contract on who wins a key, and on uploads. */
abstract class StoreWritesContract extends StoreKeysContract {
  @Test
  void putIfAbsentWritesOnlyWhatIsMissing() throws Exception {
    Optional<ObjectInfo> first = store.putIfAbsent("lease", bytes("one"));
    Optional<ObjectInfo> second = store.putIfAbsent("lease", bytes("two"));

    assertThat(first)
        .map(ObjectInfo::version)
        .isEqualTo(store.stat("lease").map(ObjectInfo::version));
    assertThat(second).isEmpty();
    assertThat(read("lease")).isEqualTo("one");
  }

  @Test
  void putIfAbsentWritesAgainAfterADelete() throws Exception {
    store.putIfAbsent("lease", bytes("one"));
    store.delete("lease");

    assertThat(store.putIfAbsent("lease", bytes("two"))).isPresent();
    assertThat(read("lease")).isEqualTo("two");
  }

  @Test
  void replaceWritesOverTheVersionItKnowsOnly() throws Exception {
    String first = store.put("lease", bytes("one")).version();

    Optional<ObjectInfo> second = store.replace("lease", bytes("two"), first);
    assertThat(second).isPresent();
    assertThat(store.replace("lease", bytes("late"), first)).isEmpty();
    assertThat(read("lease")).isEqualTo("two");
    assertThat(store.replace("lease", bytes("three"), second.orElseThrow().version())).isPresent();
    assertThat(read("lease")).isEqualTo("three");
  }

  @Test
  void replaceDoesNotCreate() {
    String version = store.put("lease", bytes("one")).version();
    store.delete("lease");

    assertThat(store.replace("lease", bytes("two"), version)).isEmpty();
    assertThat(store.stat("lease")).isEmpty();
  }

  @Test
  void oneOfManyConcurrentCreatorsWins() throws Exception {
    for (int round = 0; round < 5; round++) {
      String key = "locks/lease-" + round;

      List<Boolean> won =
          together(caller -> store.putIfAbsent(key, bytes("caller " + caller)).isPresent());

      assertThat(won).containsOnlyOnce(true);
      assertThat(read(key)).isEqualTo("caller " + won.indexOf(true));
    }
  }

  @Test
  void oneOfManyConcurrentReplacersWins() throws Exception {
    String version = store.put("lease", bytes("start")).version();
    for (int round = 0; round < 5; round++) {
      String expected = version;
      String text = "round " + round + " caller ";

      List<Boolean> won =
          together(caller -> store.replace("lease", bytes(text + caller), expected).isPresent());

      assertThat(won).containsOnlyOnce(true);
      assertThat(read("lease")).isEqualTo(text + won.indexOf(true));
      version = store.stat("lease").orElseThrow().version();
    }
  }

  @Test
  void concurrentWritersAndDeletersOfOneFolderDoNotDisturbEachOther() throws Exception {
    together(
        caller -> {
          for (int round = 0; round < 5; round++) {
            store.put("shared/folder/" + caller, bytes("x"));
            store.delete("shared/folder/" + caller);
          }
          return store.putIfAbsent("shared/folder/" + caller, bytes("last")).isPresent();
        });

    assertThat(keys("shared/folder/")).hasSize(THREADS);
  }

  @Test
  void aReaderSeesOneWholeVersionWhileOthersWriteNewOnes() throws Exception {
    store.put("lease", bytes("0"));

    together(
        caller -> {
          for (int round = 0; round < 10; round++) {
            if (caller % 4 == 0) {
              store.put("lease", bytes(String.valueOf(caller % 10).repeat(1 + 50 * round)));
            } else {
              assertThat(read("lease")).matches("(.)\\1*");
            }
            try (ObjectDownload download = store.read("lease")) {
              assertThat(download.readAllBytes()).hasSize((int) download.info().size());
            }
          }
          return caller;
        });
  }

  @Test
  void anUploadIsInvisibleUntilItIsCommitted() throws Exception {
    store.put("data", bytes("old"));
    try (ObjectUpload upload = store.upload("data")) {
      upload.write(bytes("new "));
      upload.write('!');
      assertThat(read("data")).isEqualTo("old");

      ObjectInfo committed = upload.commit();

      assertThat(read("data")).isEqualTo("new !");
      assertThat(committed.size()).isEqualTo(5);
      assertThat(store.stat("data").map(ObjectInfo::version)).contains(committed.version());
    }
    assertThat(read("data")).isEqualTo("new !");
  }

  @Test
  void anUploadClosedWithoutCommitLeavesNothing() {
    try (ObjectUpload upload = store.upload("small")) {
      upload.write(bytes("half"));
    }
    try (ObjectUpload upload = store.upload("big")) {
      upload.write(new byte[BIG_BYTES]);
    }

    assertThat(keys("")).isEmpty();
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void anEndedUploadTakesNoMoreBytes() {
    ObjectUpload upload = store.upload("a");
    upload.commit();

    assertThatThrownBy(() -> upload.write(bytes("late"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(upload::commit).isInstanceOf(IllegalStateException.class);
    upload.close();
    assertThat(keys("")).containsExactly("a");
  }

  @Test
  void keepsABigUploadByteForByte() throws Exception {
    byte[] content = new byte[BIG_BYTES];
    new Random(20).nextBytes(content);
    try (ObjectUpload upload = store.upload("big")) {
      for (int at = 0; at < content.length; at += 100_000) {
        upload.write(content, at, Math.min(100_000, content.length - at));
      }
      assertThat(upload.commit().size()).isEqualTo(BIG_BYTES);
    }

    assertThat(readFully(store.read("big"))).isEqualTo(content);
    assertThat(readFully(store.read("big", BIG_BYTES - 10, 10)))
        .isEqualTo(Arrays.copyOfRange(content, BIG_BYTES - 10, BIG_BYTES));
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void findsAndDiscardsUnfinishedUploads() {
    try (ObjectUpload upload = store.upload("data/big")) {
      upload.write(new byte[BIG_BYTES]);

      List<UnfinishedUpload> found = unfinished();
      assertThat(found).hasSize(1);
      assertThat(Duration.between(found.get(0).lastActive(), Instant.now()).abs())
          .isLessThan(Duration.ofMinutes(5));
      store.discard(found.get(0));
      store.discard(found.get(0));

      assertThat(unfinished()).isEmpty();
      assertFails(ErrorCode.STORE_FAILED, upload::commit);
    }
    assertThat(store.stat("data/big")).isEmpty();
  }
}
