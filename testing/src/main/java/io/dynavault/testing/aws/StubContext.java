// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What the areas of one stub share: its clock, its tables, its settings. Handlers run one at a
 * time, so areas need no locks.
 */
public final class StubContext {
  /** The account that everything belongs to. */
  public static final String ACCOUNT = "111122223333";

  /** The region of calls that are not signed. */
  static final String REGION = "us-east-1";

  private final StubClock clock;
  private final StubTables tables;
  private final CreatingTables creating;
  private final Backups backups = new Backups(this);
  private final Restores restores = new Restores(this);
  private final PitrArea pitr = new PitrArea(this);
  private volatile int looks;
  private volatile int pageSize = Integer.MAX_VALUE;
  private int ids;

  StubContext(StubClock clock, StubTables tables) {
    this.clock = requireNonNull(clock, "clock is null");
    this.tables = requireNonNull(tables, "tables is null");
    this.creating = new CreatingTables(tables);
  }

  public StubClock clock() {
    return clock;
  }

  public StubTables tables() {
    return tables;
  }

  /** Tables that a restore or an import is filling. */
  CreatingTables creating() {
    return creating;
  }

  /** DynamoDB's on-demand backups, whoever made them. */
  Backups backups() {
    return backups;
  }

  Restores restores() {
    return restores;
  }

  /** Point-in-time recovery: which tables have it, and what they were at a time. */
  PitrArea pitr() {
    return pitr;
  }

  /** Work that takes as many looks as the test said. */
  public Pending pending() {
    return new Pending(looks);
  }

  /** The size of a page: the one asked for, but not more than the test allows. */
  public int pageSize(int asked) {
    return Math.min(asked, pageSize);
  }

  /** An id of a backup, an export or an import: the time in milliseconds and eight hex digits. */
  String newId(Instant time) {
    ids++;
    return "%014d-%08x".formatted(time.toEpochMilli(), ids);
  }

  /** The ARN of a table in the region of a request. */
  static String tableArn(String region, String table) {
    return "arn:aws:dynamodb:" + region + ":" + ACCOUNT + ":table/" + table;
  }

  /** The name in a table's ARN, or the text itself if it is a name already. */
  static String tableName(String nameOrArn) {
    int table = nameOrArn.indexOf(":table/");
    if (table < 0) {
      return nameOrArn;
    }
    String rest = nameOrArn.substring(table + ":table/".length());
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  void looks(int looks) {
    this.looks = looks;
  }

  void maxPageSize(int size) {
    this.pageSize = size;
  }
}
