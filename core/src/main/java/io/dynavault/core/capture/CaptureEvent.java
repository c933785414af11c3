// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Duration;
import java.util.Optional;

/** What happens while a table is captured, for those who watch. */
public sealed interface CaptureEvent {

  /** A stream was switched on. */
  record StreamEnabled() implements CaptureEvent {}

  /** A chain was begun. */
  record Begun(Chain chain) implements CaptureEvent {
    public Begun {
      requireNonNull(chain, "chain is null");
    }
  }

  /**
   * A chain is gone on with.
   *
   * @param last its last commit, if it has one
   */
  record Resumed(Chain chain, Optional<Commit> last) implements CaptureEvent {
    public Resumed {
      requireNonNull(chain, "chain is null");
      requireNonNull(last, "last is null");
    }
  }

  /** The scan of a base has ended. */
  record BaseScanned(RecoveryPointId recoveryPoint) implements CaptureEvent {
    public BaseScanned {
      requireNonNull(recoveryPoint, "recoveryPoint is null");
    }
  }

  /** A base counts: from now on there is a window. */
  record BaseReady(Base base) implements CaptureEvent {
    public BaseReady {
      requireNonNull(base, "base is null");
    }
  }

  /** Changes are safe. */
  record Committed(Commit commit) implements CaptureEvent {
    public Committed {
      requireNonNull(commit, "commit is null");
    }
  }

  /** A chain has ended: changes after it are lost until the next one begins. */
  record Gap(ChainEnd end) implements CaptureEvent {
    public Gap {
      requireNonNull(end, "end is null");
    }
  }

  /** There is no table; if it comes back, it is captured. */
  record TableMissing() implements CaptureEvent {}

  /** Something failed that is tried again. */
  record Failed(DynavaultException failure, Duration retryIn) implements CaptureEvent {
    public Failed {
      requireNonNull(failure, "failure is null");
      requireNonNull(retryIn, "retryIn is null");
    }
  }
}
