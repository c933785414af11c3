// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static io.dynavault.core.chaincopy.TwoVaults.objects;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.verify.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The target fails at every call that writes: what is there is a chain, and the next copy ends. */
@Timeout(120)
class ChainCopyFaultsTest {

  private enum Fault {
    /** Nothing was written. */
    BEFORE,
    /** It was written, and the answer is lost. */
    AFTER
  }

  @ParameterizedTest
  @EnumSource
  void whereverACopyIsCutShortItIsAChainAndTheNextOneGoesOn(Fault fault) throws Exception {
    int call = 1;
    while (failsAt(call, fault)) {
      call++;
    }
    assertThat(call).as("calls that write").isGreaterThan(40);
  }

  /** Returns whether there was such a call. */
  private static boolean failsAt(int call, Fault fault) throws InterruptedException {
    TwoVaults vaults = new TwoVaults();
    vaults.append(1, 6);
    vaults.base(0);
    vaults.base(3);
    vaults.end();
    FailingStore store = new FailingStore(vaults.copies, call, fault);
    boolean failed = fails(vaults, vaults.open(store));
    if (store.calls < call) {
      return false;
    }
    assertThat(failed || fault == Fault.AFTER || isOfCleanUp(store.failedKey))
        .as("call %d, %s", call, store.failedKey)
        .isTrue();
    assertThat(vaults.findings())
        .as("call %d, %s", call, store.failedKey)
        .allMatch(finding -> finding.severity() == Finding.Severity.NOTE);
    requireOrder(vaults);

    assertThat(fails(vaults, vaults.open(store))).as("call %d, again", call).isFalse();

    assertThat(objects(vaults.copies))
        .as("call %d, %s", call, store.failedKey)
        .isEqualTo(objects(vaults.source.memory));
    assertThat(vaults.findings())
        .as("call %d: a journal of a base's copy at most, which gc removes", call)
        .allMatch(finding -> finding.key().startsWith("runs/"));
    assertThat(vaults.copy().origin()).isPresent();
    List<String> twice = new ArrayList<>(store.uploaded);
    new HashSet<>(twice).forEach(twice::remove);
    assertThat(twice).as("copied twice, call %d", call).hasSizeLessThanOrEqualTo(1);
    return true;
  }

  /** Nobody can take it for a chain to go on with, or for one that is whole before it is. */
  private static void requireOrder(TwoVaults vaults) {
    if (!vaults.targetKeys("chains/").isEmpty()) {
      assertThat(vaults.copy().origin()).isPresent();
      if (vaults.copy().end().isPresent()) {
        assertThat(vaults.copy().bases()).hasSize(2);
        assertThat(vaults.copy().commitsFrom(1)).hasSize(6);
      }
    }
  }

  private static boolean fails(TwoVaults vaults, Vault target) throws InterruptedException {
    try {
      return !vaults.run(vaults.source.vault, target).stream().allMatch(Outcome::succeeded);
    } catch (DynavaultException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
      return true;
    }
  }

  /** A journal that is not removed, or a lease that is not given back, is no failure. */
  private static boolean isOfCleanUp(String key) {
    return key.startsWith("runs/") || key.startsWith("locks/") || key.contains("_started");
  }

  /** Fails once, at the write with a number. */
  private static final class FailingStore extends ForwardingStore {
    private final int at;
    private final Fault fault;
    private final List<String> uploaded = new ArrayList<>();
    private int calls;
    private String failedKey = "";

    FailingStore(ObjectStore store, int at, Fault fault) {
      super(store);
      this.at = at;
      this.fault = fault;
    }

    private synchronized <T> T call(String key, Supplier<T> call) {
      boolean fails = ++calls == at;
      if (fails) {
        failedKey = key;
      }
      if (fails && fault == Fault.BEFORE) {
        throw failure();
      }
      T result = call.get();
      if (fails) {
        throw failure();
      }
      return result;
    }

    private static DynavaultException failure() {
      return new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "the store does not answer");
    }

    @Override
    public ObjectInfo put(String key, byte[] content) {
      return call(key, () -> super.put(key, content));
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
      return call(key, () -> super.putIfAbsent(key, content));
    }

    @Override
    public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
      return call(key, () -> super.replace(key, content, expectedVersion));
    }

    @Override
    public void delete(String key) {
      call(
          key,
          () -> {
            super.delete(key);
            return true;
          });
    }

    @Override
    public ObjectUpload upload(String key) {
      ObjectUpload upload = super.upload(key);
      return new ObjectUpload() {
        @Override
        public void write(byte[] bytes, int offset, int length) {
          upload.write(bytes, offset, length);
        }

        @Override
        public ObjectInfo commit() {
          if (key.contains("/data/")) {
            uploaded.add(key);
          }
          return call(key, upload::commit);
        }

        @Override
        public void close() {
          upload.close();
        }
      };
    }
  }
}
