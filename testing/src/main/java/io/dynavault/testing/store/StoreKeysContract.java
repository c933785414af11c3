// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the contract on keys, prefixes and listings. */
abstract class StoreKeysContract extends StoreFixture {
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
}
