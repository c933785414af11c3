// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.memory.MemoryStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without faults it keeps the contract; with one it does what the fault says. */
final class FaultyStoreTest extends ObjectStoreContract {
  private final MemoryStore memory = MemoryStore.isolated(InstantSource.system());

  @Override
  protected ObjectStore openEmpty() {
    return new FaultyStore(memory, Faults.none());
  }

  @Test
  void aFailedCallDoesNothing() {
    FaultyStore faulty = new FaultyStore(memory, Faults.at(2, Fault.fail(ErrorCode.THROTTLED)));

    faulty.put("a", bytes("1"));
    assertFails(ErrorCode.THROTTLED, () -> faulty.put("b", bytes("2")));
    faulty.put("c", bytes("3"));

    assertThat(keys("")).containsExactly("a", "c");
    assertThat(faulty.calls()).isEqualTo(3);
  }

  @Test
  void aLostAnswerHidesWhatWasDone() {
    FaultyStore faulty = new FaultyStore(memory, Faults.always(Fault.loseAnswer()));

    assertFails(ErrorCode.SERVICE_UNAVAILABLE, () -> faulty.put("a", bytes("1")));
    assertFails(ErrorCode.OUTCOME_UNKNOWN, () -> faulty.putIfAbsent("b", bytes("2")));

    assertThat(keys("")).containsExactly("a", "b");
  }

  @Test
  void countsTheCallsOfAnUpload() {
    FaultyStore faulty =
        new FaultyStore(memory, Faults.from(3, Fault.fail(ErrorCode.SERVICE_UNAVAILABLE)));

    try (ObjectUpload upload = faulty.upload("a")) {
      upload.write("x".getBytes(UTF_8));
      assertThatThrownBy(upload::commit).isInstanceOf(DynavaultException.class);
    }

    assertThat(faulty.calls()).isEqualTo(3);
    assertThat(keys("")).isEmpty();
  }

  @Test
  void aListingBreaksWhereItIsCut() {
    store.put("a", bytes("1"));
    store.put("b", bytes("2"));
    FaultyStore faulty = new FaultyStore(memory, Faults.always(Fault.cutListingAfter(1)));
    List<String> listed = new ArrayList<>();

    assertFails(
        ErrorCode.SERVICE_UNAVAILABLE, () -> faulty.list("", info -> listed.add(info.key())));

    assertThat(listed).containsExactly("a");
  }

  @Test
  void listingsLieAsTold() {
    for (String key : List.of("a", "b", "c")) {
      store.put(key, bytes("1"));
    }

    assertThat(listed(Fault.shortListing(2))).containsExactly("a", "b");
    assertThat(listed(Fault.repeatedListing())).containsExactly("a", "a", "b", "b", "c", "c");
    assertThat(listed(Fault.staleListing())).hasSizeLessThan(3);
  }

  @Test
  void aFlippedBitIsReadOnceOnly() throws Exception {
    store.put("a", bytes("aaaa"));
    FaultyStore faulty = new FaultyStore(memory, Faults.at(1, Fault.flipBitAt(6)));

    assertThat(new String(readFully(faulty.read("a")), UTF_8)).isEqualTo("aa`a");
    assertThat(new String(readFully(faulty.read("a")), UTF_8)).isEqualTo("aaaa");
  }

  @Test
  void aFaultThatDoesNotApplyChangesNothing() {
    FaultyStore faulty = new FaultyStore(memory, Faults.always(Fault.cutDownloadAfter(0)));

    faulty.put("a", bytes("1"));

    assertThat(keys("")).containsExactly("a");
  }

  @Test
  void randomFaultsDependOnTheCallAndNotOnItsNumber() {
    Faults some = Faults.random(7, 0.5, List.of(Fault.loseAnswer()));
    Faults same = Faults.random(7, 0.5, List.of(Fault.loseAnswer()));
    List<Boolean> forward = new ArrayList<>();
    List<Boolean> backward = new ArrayList<>();

    for (int key = 0; key < 100; key++) {
      forward.add(some.of(new Call(key, Operation.PUT, "key-" + key)).isPresent());
      backward.add(0, same.of(new Call(key, Operation.PUT, "key-" + (99 - key))).isPresent());
    }

    assertThat(forward).isEqualTo(backward).contains(true, false);
  }

  private List<String> listed(Fault fault) {
    List<String> keys = new ArrayList<>();
    new FaultyStore(memory, Faults.always(fault)).list("", info -> keys.add(info.key()));
    return keys;
  }
}
