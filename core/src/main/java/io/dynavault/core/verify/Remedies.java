// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPoint;

/** What to do about findings, in one place so that it is said in the same words. */
final class Remedies {
  static final String NONE = "nothing needs to be done";
  static final String WRITER_AT_FAULT =
      "restore what is readable; please report this: the program that wrote the file is at fault";

  private Remedies() {}

  /** A file of a recovery point that is lost or changed. */
  static String file(RecoveryPoint point) {
    return "put the file back from a copy of the vault or an older version in the bucket; else"
        + " restore another recovery point: dynavault list --table "
        + point.tableName();
  }

  /** A file of an export without a record. */
  static String bareFile() {
    return "put the file back from where the export was copied from, or export the table again";
  }

  /** A change file that is lost or changed. */
  static String changeFile() {
    return "put the file back from a copy of the vault; times before its changes can still be"
        + " restored";
  }

  /** A commit, or what a chain is, that is lost or changed. */
  static String commit(String tableName) {
    return "put the object back from a copy of the vault; times before it can still be restored;"
        + " back up the table now: dynavault backup --table "
        + tableName;
  }

  /** What a chain is, which nothing else says. */
  static String description(String tableName) {
    return "put the object back from a copy of the vault; until then capture the table anew:"
        + " dynavault continuous start "
        + tableName;
  }

  static String record() {
    return "put the record back from a copy of the vault; its export, if whole, can be restored by"
        + " its location: dynavault restore <location> --key-schema";
  }

  static String gc(ObjectStore store) {
    return "remove it with: dynavault gc --vault " + store.location();
  }

  static String resume(String tableName) {
    return "if no backup is running, go on with it: dynavault backup --table "
        + tableName
        + " --resume";
  }
}
