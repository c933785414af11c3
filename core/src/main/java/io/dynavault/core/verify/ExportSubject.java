// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.layout.ExportLayout;
import io.dynavault.format.layout.ObjectKeys;
import java.util.Optional;

/** What is particular to an export with a record, and to one without. */
interface ExportSubject {

  /** Key of the export's folder. */
  String folder();

  Optional<RecoveryPoint> recoveryPoint();

  Optional<KeySchema> keySchema();

  Structure.Check structure();

  /** What to do about a damaged file. */
  String remedy();

  /** What is wrong if all items together have this size. */
  Optional<Finding> compareBytes(long itemBytes);

  /** Whether it has not been deleted meanwhile: then its missing files are no damage. */
  boolean stillExists();

  /** What is said instead where it has been deleted. */
  default Finding goneMeanwhile() {
    return Finding.note(folder(), "it was deleted while it was verified", Remedies.NONE);
  }

  /** An export of a vault. */
  record Recorded(Vault vault, RecoveryPoint point, SecondLook second) implements ExportSubject {

    @Override
    public String folder() {
      return point.export().exportPrefix();
    }

    @Override
    public Optional<RecoveryPoint> recoveryPoint() {
      return Optional.of(point);
    }

    @Override
    public Optional<KeySchema> keySchema() {
      return point.isIncremental() ? Optional.empty() : Optional.of(point.table().keySchema());
    }

    @Override
    public Structure.Check structure() {
      return new RecordedStructure(vault.store(), point, second);
    }

    @Override
    public String remedy() {
      return Remedies.file(point);
    }

    /**
     * Only of what we have written: AWS tells what it has billed. Only a warning: the count serves
     * plans and prices, and a restore does without.
     */
    @Override
    public Optional<Finding> compareBytes(long itemBytes) {
      if (point.method() != Method.SCAN || itemBytes == point.export().itemBytes()) {
        return Optional.empty();
      }
      return Optional.of(
          Finding.warning(
              ObjectKeys.recoveryPoint(point.tableName(), point.id().value()),
              "its items have %d bytes, in the record %d"
                  .formatted(itemBytes, point.export().itemBytes()),
              Remedies.NONE));
    }

    @Override
    public boolean stillExists() {
      String record = ObjectKeys.recoveryPoint(point.tableName(), point.id().value());
      return second.stat(record).isPresent();
    }
  }

  /** An export at a location. */
  record Bare(ObjectStore store, String location, Optional<KeySchema> keySchema, SecondLook second)
      implements ExportSubject {

    @Override
    public String folder() {
      return ExportLayout.folderOf(location);
    }

    @Override
    public Optional<RecoveryPoint> recoveryPoint() {
      return Optional.empty();
    }

    @Override
    public Structure.Check structure() {
      return new BareStructure(store, location, second);
    }

    @Override
    public String remedy() {
      return Remedies.bareFile();
    }

    @Override
    public Optional<Finding> compareBytes(long itemBytes) {
      return Optional.empty();
    }

    @Override
    public boolean stillExists() {
      return true;
    }
  }
}
