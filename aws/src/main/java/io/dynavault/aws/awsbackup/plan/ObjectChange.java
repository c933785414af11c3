// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What has to be done with one object of the account, so that it is as a document says.
 *
 * @param fields in which both differ; those of a new or a deleted object all
 */
public record ObjectChange(Kind kind, String name, Action action, List<Field> fields) {

  /** Kinds of objects, in the order in which they are made. */
  public enum Kind {
    VAULT("vault"),
    PLAN("plan"),
    SELECTION("selection"),
    RESTORE_TEST("restore test"),
    RESTORE_TEST_SELECTION("restore test selection");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** What is done. */
  public enum Action {
    CREATE,
    CHANGE,
    /** It cannot be changed: a new one is made before the old one is deleted. */
    REPLACE,
    DELETE
  }

  /**
   * A field that differs.
   *
   * @param before empty if it was not there
   * @param after empty if it will not be there
   */
  public record Field(String path, Optional<String> before, Optional<String> after) {
    public Field {
      requireNonNull(path, "path is null");
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
    }
  }

  public ObjectChange {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
    requireNonNull(action, "action is null");
    fields = List.copyOf(fields);
  }
}
