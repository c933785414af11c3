// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.ErrorCode;

/** What goes wrong with one call of a store. */
public sealed interface Fault {

  /** Nothing is done and the call fails. */
  static Fault fail(ErrorCode code) {
    return new Fail(code);
  }

  /** All is done and the caller is told that the service was not available. */
  static Fault loseAnswer() {
    return new LoseAnswer();
  }

  /** A download breaks after so many bytes; any other call is not affected. */
  static Fault cutDownloadAfter(long bytes) {
    return new CutDownload(bytes);
  }

  /** A listing breaks after so many objects; any other call is not affected. */
  static Fault cutListingAfter(long objects) {
    return new CutListing(objects);
  }

  /** The action runs first, such as one that waits or that changes the store meanwhile. */
  static Fault before(Runnable action) {
    return new Before(action);
  }

  /** See {@link #fail}. */
  record Fail(ErrorCode code) implements Fault {
    public Fail {
      requireNonNull(code, "code is null");
    }
  }

  /** See {@link #loseAnswer}. */
  record LoseAnswer() implements Fault {}

  /** See {@link #cutDownloadAfter}. */
  record CutDownload(long bytes) implements Fault {}

  /** See {@link #cutListingAfter}. */
  record CutListing(long objects) implements Fault {}

  /** See {@link #before}. */
  record Before(Runnable action) implements Fault {
    public Before {
      requireNonNull(action, "action is null");
    }
  }
}
