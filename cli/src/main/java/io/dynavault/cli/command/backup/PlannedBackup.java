// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.job.RunContext;
import java.util.List;

/** What a backup of one table is going to do, and the doing. */
interface PlannedBackup {

  /** Headings of the plan's columns: plans of one method have equal ones, and share a table. */
  List<String> headings();

  /** The plan for people: one cell for each heading, one row or several. */
  List<List<String>> rows();

  /** The plan for programs. */
  ObjectNode json();

  /** What is worth knowing before it is run, one sentence each. */
  List<String> notes();

  /** Makes the backup. */
  BackedUpTable run(RunContext context) throws InterruptedException;
}
