// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.job.RunContext;
import java.util.List;

/**
 * A planned backup of one moment.
 *
 * @param scan what it takes if the table has to be read: at the first time, and after a gap
 */
record PlannedConsistent(PlannedBackup scan, PlannedScan.Start start) implements PlannedBackup {

  @Override
  public List<String> headings() {
    return scan.headings();
  }

  @Override
  public List<List<String>> rows() {
    return scan.rows();
  }

  @Override
  public ObjectNode json() {
    return scan.json().put("consistentToAMoment", true);
  }

  @Override
  public List<String> notes() {
    return List.of(
        "the table's stream is switched on if it is not, and read until all is there that was"
            + " written before the scan's end; with a continuous backup the table is not read");
  }

  @Override
  public BackedUpTable run(RunContext context) throws InterruptedException {
    return start.run(context);
  }
}
