// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.CatalogListing;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.UnreadableRecord;
import io.dynavault.core.vault.Vault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The other recovery points that name what one names: an export, or a backup at AWS, can be
 * recorded more than once. What another one names stays when one of them is deleted.
 */
final class Sharers {
  private final Vault vault;
  private final RecoveryPoint point;

  Sharers(Vault vault, RecoveryPoint point) {
    this.vault = requireNonNull(vault, "vault is null");
    this.point = requireNonNull(point, "point is null");
  }

  /** Whether there can be any. What an id of AWS names is named by the record of that id alone. */
  boolean arePossible() {
    return point.content() instanceof ManagedBackup
        ? point.method() == Method.AWS_BACKUP
        : !point.ownsFolder();
  }

  /**
   * Before anything is deleted: all others must be known.
   *
   * @throws DynavaultException {@code DAMAGED} if a record that may be one cannot be read
   */
  void requireKnown() {
    if (arePossible()) {
      others();
    }
  }

  /**
   * Keys of files that others name too. Looked for twice, because one listing that leaves a record
   * out must not cost that record its files.
   */
  Set<String> files() {
    Set<String> shared = new HashSet<>(filesOfOthers());
    shared.addAll(filesOfOthers());
    return shared;
  }

  /** Whether another one names the same backup at AWS. Looked for twice, as files are. */
  boolean nameTheBackup(ManagedBackup backup) {
    if (!arePossible()) {
      return false;
    }
    Set<String> shared = new HashSet<>(backupsOfOthers());
    shared.addAll(backupsOfOthers());
    return shared.contains(backup.arn());
  }

  private Set<String> filesOfOthers() {
    Set<String> own = point.files().stream().map(StoredFile::key).collect(Collectors.toSet());
    return others().stream()
        .flatMap(other -> other.files().stream())
        .map(StoredFile::key)
        .filter(own::contains)
        .collect(Collectors.toSet());
  }

  private Set<String> backupsOfOthers() {
    Set<String> arns = new HashSet<>();
    for (RecoveryPoint other : others()) {
      if (other.content() instanceof ManagedBackup backup) {
        arns.add(backup.arn());
      }
    }
    return arns;
  }

  private List<RecoveryPoint> others() {
    CatalogListing listing = vault.catalog().list();
    if (!listing.unreadable().isEmpty()) {
      UnreadableRecord other = listing.unreadable().get(0);
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          ("unable to delete the files of recovery point '%s': recovery point '%s' of table '%s'"
                  + " may share them, and its record cannot be read")
              .formatted(point.id(), other.id(), other.tableName()),
          "make that record readable or remove it; see: dynavault list",
          other.problem());
    }
    return listing.entries().stream()
        .map(entry -> entry.point())
        .filter(other -> !isSame(other))
        .toList();
  }

  private boolean isSame(RecoveryPoint other) {
    return other.id().equals(point.id()) && other.tableName().equals(point.tableName());
  }
}
