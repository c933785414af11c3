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

    assertFails(ErrorCode.SERVICE_UNAVAILABLE, () -> faulty.putIfAbsent("a", bytes("1")));

    assertThat(keys("")).containsExactly("a");
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
}
