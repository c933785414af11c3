// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.ErrorCode;

/** What goes wrong with one call of a store or of DynamoDB. */
public sealed interface Fault {

  /** Whether it changes anything about such a call. A call it does not apply to goes well. */
  boolean appliesTo(Operation operation);

  /** Nothing is done and the call fails. */
  static Fault fail(ErrorCode code) {
    return new Fail(code);
  }

  /** All is done and the caller is told that this is not known. */
  static Fault loseAnswer() {
    return new LoseAnswer();
  }

  /** The request arrives twice, as when a client sends it again; the second answer counts. */
  static Fault deliverTwice() {
    return new DeliverTwice();
  }

  /** A download breaks after so many bytes. */
  static Fault cutDownloadAfter(long bytes) {
    return new CutDownload(bytes);
  }

  /** A download has one bit flipped, at this byte modulo its length. */
  static Fault flipBitAt(int at) {
    return new FlippedBit(at);
  }

  /** A listing breaks after so many objects. */
  static Fault cutListingAfter(long objects) {
    return new CutListing(objects);
  }

  /** A listing ends after so many objects as if that were all. */
  static Fault shortListing(long objects) {
    return new ShortListing(objects);
  }

  /** A listing leaves out what was written last, as one that is behind. */
  static Fault staleListing() {
    return new StaleListing();
  }

  /** A listing names every object twice. */
  static Fault repeatedListing() {
    return new RepeatedListing();
  }

  /** An answer of DynamoDB ends in its middle and is taken for whole by HTTP. */
  static Fault cutAnswer() {
    return new CutAnswer();
  }

  /** BatchWriteItem carries out every other request and leaves the rest unprocessed. */
  static Fault unprocessed() {
    return new Unprocessed();
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

    @Override
    public boolean appliesTo(Operation operation) {
      return true;
    }
  }

  /** See {@link #loseAnswer}. */
  record LoseAnswer() implements Fault {
    @Override
    public boolean appliesTo(Operation operation) {
      return operation.writes();
    }
  }

  /** See {@link #deliverTwice}. */
  record DeliverTwice() implements Fault {
    /** Not one that is conditional: there the client has to recognise its own first request. */
    @Override
    public boolean appliesTo(Operation operation) {
      return operation == Operation.PUT
          || operation == Operation.DELETE
          || operation == Operation.BATCH_WRITE;
    }
  }

  /** See {@link #cutDownloadAfter}. */
  record CutDownload(long bytes) implements Fault {
    @Override
    public boolean appliesTo(Operation operation) {
      return operation == Operation.READ;
    }
  }

  /** See {@link #flipBitAt}. */
  record FlippedBit(int at) implements Fault {
    @Override
    public boolean appliesTo(Operation operation) {
      return operation == Operation.READ;
    }
  }

  /** See {@link #cutListingAfter}. */
  record CutListing(long objects) implements Fault {
    @Override
    public boolean appliesTo(Operation operation) {
      return operation == Operation.LIST;
    }
  }

  /** See {@link #shortListing}. */
  record ShortListing(long objects) implements Fault {
    @Override
    public boolean appliesTo(Operation operation) {
      return operation == Operation.LIST;
    }
  }

  /** See {@link #staleListing}. */
  record StaleListing() implements Fault {
    @Override
    public boolean appliesTo(Operation operation) {
      return operation == Operation.LIST;
    }
  }

  /** See {@link #repeatedListing}. */
  record RepeatedListing() implements Fault {
    @Override
    public boolean appliesTo(Operation operation) {
      return operation == Operation.LIST;
    }
  }

  /** See {@link #cutAnswer}. */
  record CutAnswer() implements Fault {
    @Override
    public boolean appliesTo(Operation operation) {
      return operation == Operation.SCAN
          || operation == Operation.GET_ITEM
          || operation == Operation.PUT_ITEM
          || operation == Operation.BATCH_WRITE;
    }
  }

  /** See {@link #unprocessed}. */
  record Unprocessed() implements Fault {
    @Override
    public boolean appliesTo(Operation operation) {
      return operation == Operation.BATCH_WRITE;
    }
  }

  /** See {@link #before}. */
  record Before(Runnable action) implements Fault {
    public Before {
      requireNonNull(action, "action is null");
    }

    @Override
    public boolean appliesTo(Operation operation) {
      return true;
    }
  }
}
