// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectUpload;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * What an {@link io.dynavault.core.store.ObjectStore} must do. A store's test extends this and says
 * how to open one.
 */
public abstract class ObjectStoreContract extends StoreWritesContract {
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
}
