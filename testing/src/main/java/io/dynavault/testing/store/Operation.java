// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

/** What a call of a store or of DynamoDB does. */
public enum Operation {
  STAT,
  READ,
  LIST,
  PUT,
  PUT_IF_ABSENT,
  REPLACE,
  BEGIN_UPLOAD,
  WRITE_UPLOAD,
  COMMIT_UPLOAD,
  DELETE,
  LIST_UPLOADS,
  DISCARD_UPLOAD,

  SCAN,
  GET_ITEM,
  PUT_ITEM,
  BATCH_WRITE,
  DESCRIBE_TABLE,
  CHANGE_TABLE;

  /** Whether something is different afterwards, so that a lost answer hides something. */
  public boolean writes() {
    return switch (this) {
      case PUT,
          PUT_IF_ABSENT,
          REPLACE,
          COMMIT_UPLOAD,
          DELETE,
          DISCARD_UPLOAD,
          PUT_ITEM,
          BATCH_WRITE,
          CHANGE_TABLE ->
          true;
      case STAT,
          READ,
          LIST,
          BEGIN_UPLOAD,
          WRITE_UPLOAD,
          LIST_UPLOADS,
          SCAN,
          GET_ITEM,
          DESCRIBE_TABLE ->
          false;
    };
  }

  /** Whether the outcome of a lost answer cannot be told by doing it once more. */
  boolean conditional() {
    return this == PUT_IF_ABSENT || this == REPLACE || this == COMMIT_UPLOAD;
  }
}
