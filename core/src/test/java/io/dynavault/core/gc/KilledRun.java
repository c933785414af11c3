// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.Vault;

/** Journal, files, no record: what a killed backup leaves. */
final class KilledRun {
  private static final ObjectNode EMPTY = JsonNodeFactory.instance.objectNode();

  private KilledRun() {}

  static void leave(RecoveryPoint point, Vault vault) {
    RunJournal journal = vault.runs().begin(TestingPoints.run(point));
    TestingPoints.writeFiles(vault.store(), point);
    journal.finished("a.json.gz", EMPTY);
  }
}
