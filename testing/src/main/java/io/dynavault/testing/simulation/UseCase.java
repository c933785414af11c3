// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.restore.ConflictPolicy;
import io.dynavault.core.restore.RestoreResult;

/** What the program can be asked to do. */
public enum UseCase {
  BACKUP {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      process.backup();
      return Report.SUCCESS;
    }

    @Override
    Report again(SimulatedProcess process) throws InterruptedException {
      process.resumeOrBackup();
      return Report.SUCCESS;
    }
  },
  RESTORE_NEW {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      return restored(process.restoreInto(TARGET));
    }

    /** Whose table has no journal, such as where the answer to its creation was lost. */
    @Override
    Report again(SimulatedProcess process) throws InterruptedException {
      try {
        return run(process);
      } catch (DynavaultException e) {
        if (e.code() != ErrorCode.TABLE_EXISTS) {
          throw e;
        }
        return over(process, ConflictPolicy.MAKE_IDENTICAL);
      }
    }
  },
  RESTORE_REQUIRE_EMPTY {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      return over(process, ConflictPolicy.REQUIRE_EMPTY);
    }

    @Override
    Report again(SimulatedProcess process) throws InterruptedException {
      return insteadOf(process, ConflictPolicy.REQUIRE_EMPTY, ConflictPolicy.OVERWRITE);
    }
  },
  RESTORE_OVERWRITE {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      return over(process, ConflictPolicy.OVERWRITE);
    }
  },
  RESTORE_SKIP {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      return over(process, ConflictPolicy.SKIP);
    }
  },
  RESTORE_FAIL {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      return over(process, ConflictPolicy.FAIL);
    }

    @Override
    Report again(SimulatedProcess process) throws InterruptedException {
      return insteadOf(process, ConflictPolicy.FAIL, ConflictPolicy.SKIP);
    }
  },
  RESTORE_IDENTICAL {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      return over(process, ConflictPolicy.MAKE_IDENTICAL);
    }
  },
  RESTORE_CLEAR {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      return over(process, ConflictPolicy.CLEAR);
    }
  },
  COPY {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      for (Outcome<?> outcome : process.copy()) {
        if (!outcome.succeeded()) {
          return new Report(outcome.failure());
        }
      }
      return Report.SUCCESS;
    }
  },
  EXPIRE {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      return process.expire(KEPT);
    }
  },
  DELETE {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      process.delete(process.world().first());
      return Report.SUCCESS;
    }
  },
  VERIFY {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      var result = process.verify();
      return Report.successIf(result.sound(), result);
    }
  },
  GC {
    @Override
    Report run(SimulatedProcess process) throws InterruptedException {
      var result = process.gc();
      return Report.successIf(result.failed().isEmpty(), result);
    }
  };

  /** The table that is restored to. */
  static final String TARGET = "restored";

  /** How many recovery points {@link #EXPIRE} keeps. */
  static final int KEPT = 2;

  /** Does it for the first time. */
  abstract Report run(SimulatedProcess process) throws InterruptedException;

  /** What a user does after it has failed: the same once more, or what the error says. */
  Report again(SimulatedProcess process) throws InterruptedException {
    return run(process);
  }

  /** Whether it writes to {@link #TARGET}. */
  public boolean restores() {
    return name().startsWith("RESTORE_");
  }

  private static Report over(SimulatedProcess process, ConflictPolicy policy)
      throws InterruptedException {
    return restored(process.restoreOver(TARGET, policy));
  }

  private static Report insteadOf(
      SimulatedProcess process, ConflictPolicy policy, ConflictPolicy other)
      throws InterruptedException {
    try {
      return over(process, policy);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.TABLE_NOT_EMPTY && e.code() != ErrorCode.ITEM_CONFLICT) {
        throw e;
      }
      return over(process, other);
    }
  }

  private static Report restored(RestoreResult result) {
    return Report.successIf(result.complete(), result);
  }
}
