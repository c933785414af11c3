// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectKey;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.UnfinishedUpload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an {@link ObjectStore} must do. A store's test extends this and says how to open one. */
public abstract class ObjectStoreContract {
  private static final int THREADS = 16;
  private static final int BIG_BYTES = 20 * 1024 * 1024;

  protected ObjectStore store;

  /** Opens a store that is empty. */
  protected abstract ObjectStore openEmpty() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    store = openEmpty();
  }

  @AfterEach
  final void close() {
    store.close();
  }

  @Test
  void readsBackWhatWasPut() throws Exception {
    ObjectInfo put = store.put("records/a.json", bytes("hello"));

    assertThat(read("records/a.json")).isEqualTo("hello");
    assertThat(put.key()).isEqualTo("records/a.json");
    assertThat(put.size()).isEqualTo(5);
    assertThat(store.stat("records/a.json"))
        .hasValueSatisfying(
            stat -> {
              assertThat(stat.size()).isEqualTo(5);
              assertThat(stat.version()).isEqualTo(put.version());
              assertThat(Duration.between(stat.lastModified(), Instant.now()).abs())
                  .isLessThan(Duration.ofMinutes(5));
            });
  }

  @Test
  void aDownloadCarriesTheVersionOfItsBytes() {
    ObjectInfo put = store.put("a", bytes("0123456789"));

    try (ObjectDownload whole = store.read("a");
        ObjectDownload range = store.read("a", 2, 3)) {
      assertThat(whole.info().version()).isEqualTo(put.version());
      assertThat(whole.info().size()).isEqualTo(10);
      assertThat(range.info().version()).isEqualTo(put.version());
      assertThat(range.info().size()).isEqualTo(10);
    }
  }

  @Test
  void putReplacesWhatIsThereAndChangesItsVersion() throws Exception {
    ObjectInfo first = store.put("a", bytes("first"));
    ObjectInfo second = store.put("a", bytes("2nd"));

    assertThat(read("a")).isEqualTo("2nd");
    assertThat(second.version()).isNotEqualTo(first.version());
  }

  @Test
  void keepsAnEmptyObject() throws Exception {
    store.put("empty", new byte[0]);

    assertThat(store.stat("empty")).hasValueSatisfying(stat -> assertThat(stat.size()).isZero());
    assertThat(read("empty")).isEmpty();
    assertThat(keys("")).containsExactly("empty");
  }

  @Test
  void anUploadWithoutBytesIsAnEmptyObject() throws Exception {
    try (ObjectUpload upload = store.upload("empty")) {
      assertThat(upload.commit().size()).isZero();
    }

    assertThat(read("empty")).isEmpty();
  }

  @Test
  void aMissingObjectIsAbsentNotAFailure() {
    assertThat(store.stat("no/such")).isEmpty();
    assertThat(keys("no/")).isEmpty();
  }

  @Test
  void readingAMissingObjectNamesIt() {
    assertFails(ErrorCode.OBJECT_NOT_FOUND, () -> readFully(store.read("no/such")))
        .hasMessageContaining("no/such");
    assertFails(ErrorCode.OBJECT_NOT_FOUND, () -> readFully(store.read("no/such", 0, 1)));
  }

  @Test
  void anObjectIsNotAFolder() {
    store.put("a", bytes("x"));

    assertThat(keys("a/")).isEmpty();
  }

  @Test
  void aFolderIsNotAnObject() {
    store.put("a/b", bytes("x"));

    assertThat(store.stat("a")).isEmpty();
    assertFails(ErrorCode.OBJECT_NOT_FOUND, () -> readFully(store.read("a")));
    store.delete("a");
    assertThat(keys("")).containsExactly("a/b");
  }

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

  @Test
  void readsRanges() throws Exception {
    store.put("a", bytes("0123456789"));

    assertThat(readFully(store.read("a", 0, 10))).asString(UTF_8).isEqualTo("0123456789");
    assertThat(readFully(store.read("a", 3, 4))).asString(UTF_8).isEqualTo("3456");
    assertThat(readFully(store.read("a", 9, 1))).asString(UTF_8).isEqualTo("9");
    assertThat(readFully(store.read("a", 10, 0))).isEmpty();
  }

  @Test
  void refusesARangeBeyondTheEnd() {
    store.put("a", bytes("0123456789"));

    assertFails(ErrorCode.STORE_FAILED, () -> readFully(store.read("a", 5, 6)));
    assertFails(ErrorCode.STORE_FAILED, () -> readFully(store.read("a", 11, 1)));
    assertThatThrownBy(() -> store.read("a", -1, 1)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void listsInTheOrderOfWholeKeys() {
    // '.' sorts before '/', and '0' after it: a folder's entries lie between the two.
    List<String> ordered =
        List.of("a-b", "a.txt", "a/1", "a/b/c", "a/b.json", "a/z", "a0", "b", "ä", "日本");
    List<String> expected = new ArrayList<>(ordered);
    expected.sort(ObjectKey.ORDER);
    for (String key :
        List.of("b", "a/z", "日本", "a.txt", "a/b.json", "a/1", "ä", "a-b", "a0", "a/b/c")) {
      store.put(key, bytes(key));
    }

    assertThat(keys("")).isEqualTo(expected);
    assertThat(expected.subList(0, 3)).containsExactly("a-b", "a.txt", "a/1");
  }

  @Test
  void aPrefixIsPlainText() {
    for (String key : List.of("a/b", "a/bc", "a/bd/e", "a/c", "ab")) {
      store.put(key, bytes("x"));
    }

    assertThat(keys("a/b")).containsExactly("a/b", "a/bc", "a/bd/e");
    assertThat(keys("a/b/")).isEmpty();
    assertThat(keys("a/")).containsExactly("a/b", "a/bc", "a/bd/e", "a/c");
    assertThat(keys("a")).containsExactly("a/b", "a/bc", "a/bd/e", "a/c", "ab");
    assertThat(keys("x/y")).isEmpty();
  }

  @Test
  void aListingKnowsSizeAndVersion() {
    ObjectInfo put = store.put("a", bytes("12345"));
    List<ObjectInfo> listed = new ArrayList<>();

    store.list("", listed::add);

    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).size()).isEqualTo(5);
    assertThat(listed.get(0).version()).isEqualTo(put.version());
  }

  @Test
  void objectsMayBeDeletedWhileTheyAreListed() {
    for (int at = 0; at < 20; at++) {
      store.put("a/" + at, bytes("x"));
    }

    store.list("a/", info -> store.delete(info.key()));

    assertThat(keys("")).isEmpty();
  }

  @Test
  void aFailingListenerEndsTheListing() {
    store.put("a", bytes("x"));
    IllegalStateException failure = new IllegalStateException("enough");

    assertThatThrownBy(
            () ->
                store.list(
                    "",
                    info -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space/and more ",
        "plus+plus",
        "per%cent/100%25",
        "quote'\"&<>",
        "ünï/日本語/🙂",
        "a=b;c,d@e!f$(g)*",
        "#hash?query=1",
        "~tilde",
        "..dots/...",
        ".hidden",
        "COM1 ",
        "-rf"
      })
  void keepsOddKeys(String key) throws Exception {
    store.put(key, bytes(key));

    assertThat(read(key)).isEqualTo(key);
    assertThat(store.stat(key)).map(ObjectInfo::key).contains(key);
    assertThat(keys("")).containsExactly(key);
    assertThat(keys(key)).containsExactly(key);
    store.delete(key);
    assertThat(keys("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/..",
        "a/../b",
        "a/./b",
        "a\\b",
        "..\\a",
        "nul\0",
        "line\nbreak",
        "\u001b[31m",
        "lone\ud83d",
        ".dynavault/locks/00"
      })
  void refusesKeysThatLeadElsewhere(String key) {
    List<ThrowingCallable> calls =
        List.of(
            () -> store.stat(key),
            () -> store.read(key),
            () -> store.read(key, 0, 1),
            () -> store.put(key, bytes("x")),
            () -> store.putIfAbsent(key, bytes("x")),
            () -> store.replace(key, bytes("x"), "v"),
            () -> store.upload(key),
            () -> store.delete(key));

    assertThat(calls)
        .allSatisfy(
            call ->
                assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("invalid object key"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "../", "a/../", "a//", "\\", ".dynavault/"})
  void refusesPrefixesThatLeadElsewhere(String prefix) {
    assertThatThrownBy(() -> keys(prefix)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesKeysBeyondTheLimit() {
    String key = "k".repeat(ObjectKey.MAX_BYTES + 1);

    assertThatThrownBy(() -> store.put(key, bytes("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1024");
  }

  @Test
  void deletingTwiceIsNoFailure() {
    store.put("a/b", bytes("x"));

    store.delete("a/b");
    store.delete("a/b");

    assertThat(store.stat("a/b")).isEmpty();
    assertThat(keys("")).isEmpty();
  }

  @Test
  void writesDoNotKeepTheCallersArray() throws Exception {
    byte[] content = bytes("before");
    store.put("a", content);
    content[0] = '!';

    assertThat(read("a")).isEqualTo("before");
  }

  /** Runs the call in many threads at one moment; results are in the order of the callers. */
  private static <T> List<T> together(Caller<T> call) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int caller = 0; caller < THREADS; caller++) {
        int number = caller;
        calls.add(
            () -> {
              start.await();
              return call.call(number);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  protected final String read(String key) throws Exception {
    return new String(readFully(store.read(key)), UTF_8);
  }

  protected static byte[] readFully(ObjectDownload download) throws Exception {
    try (download) {
      return download.readAllBytes();
    }
  }

  protected final List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(prefix, info -> keys.add(info.key()));
    return keys;
  }

  private List<UnfinishedUpload> unfinished() {
    List<UnfinishedUpload> uploads = new ArrayList<>();
    store.listUnfinished(uploads::add);
    return uploads;
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  protected static AbstractThrowableAssert<?, ?> assertFails(
      ErrorCode code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @FunctionalInterface
  private interface Caller<T> {
    T call(int number) throws Exception;
  }
}
