// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.VaultKeys;
import io.dynavault.testing.store.Call;
import io.dynavault.testing.store.Faults;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Objects of a vault are written once. Exceptions are what says who is at work ({@code locks/}) and
 * the journals of what has not ended.
 */
class WriteOnceTest {
  private static final List<String> MAY_CHANGE =
      List.of("locks/", VaultKeys.RUNS, VaultKeys.RESTORES);

  @ParameterizedTest
  @EnumSource
  @Tag("G14")
  void noUseCaseWritesOverAnObject(UseCase useCase) throws Exception {
    List<String> overwritten = new CopyOnWriteArrayList<>();
    FaultTrial trial = new FaultTrial(useCase, 1);
    Faults vault = watch(trial.world().vault(), overwritten);
    Faults other = watch(trial.world().otherVault(), overwritten);

    trial.run(new ProcessFaults(vault, other, Faults.none(), Faults.none()));

    assertThat(overwritten).isEmpty();
  }

  private static Faults watch(ObjectStore store, List<String> overwritten) {
    return call -> {
      boolean mayChange = MAY_CHANGE.stream().anyMatch(call.subject()::startsWith);
      if (!mayChange && writesOver(call) && store.stat(call.subject()).isPresent()) {
        overwritten.add(call.toString());
      }
      return Optional.empty();
    };
  }

  private static boolean writesOver(Call call) {
    return switch (call.operation()) {
      case PUT, REPLACE, COMMIT_UPLOAD -> true;
      default -> false;
    };
  }
}
