// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

/** Which commands take an option, and the heading under which help and reference show it. */
public enum OptionGroup {
  /** Taken by every command. */
  GLOBAL("Global options"),
  /** How a table is read. */
  SCAN("Scan options"),
  /** How tables are backed up. */
  BACKUP("Method"),
  /** How data files are written. */
  EXPORT("File options"),
  /** How changes are captured. */
  CONTINUOUS("Capture options"),
  /** How files of recovery points are read. */
  READ("Read options"),
  /** How a table is written. */
  RESTORE("Write options"),
  /** How a table that is written is read, to compare it or to clear it. */
  COMPARE("Options for reading the table that is written"),
  /** How many tables are backed up at once. */
  BACKUP_TABLES("Several tables to back up"),
  /** How many tables are restored at once. */
  RESTORE_TABLES("Several tables to restore"),
  /** How the end of a run is told. */
  NOTIFY("Notifications and metrics"),
  /** Where copies go; what is left out is as for the vault. */
  TARGET("Options of the target vault"),
  /** Where and as whom AWS Backup works. */
  AWS_BACKUP("AWS Backup options");

  private final String heading;

  OptionGroup(String heading) {
    this.heading = heading;
  }

  public String heading() {
    return heading;
  }
}
