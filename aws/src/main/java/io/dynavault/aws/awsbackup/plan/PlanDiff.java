// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.VaultRetention;
import io.dynavault.aws.awsbackup.plan.AccountState.Origin;
import io.dynavault.aws.awsbackup.plan.ObjectChange.Action;
import io.dynavault.aws.awsbackup.plan.ObjectChange.Kind;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be done so that the account is as a document says.
 *
 * @param changes in the order in which they are made; empty if all is as it shall be
 * @param notes what somebody should know, such as selections that stay because others made them
 */
public record PlanDiff(
    PlanDocument document, AccountState state, List<ObjectChange> changes, List<String> notes) {

  public PlanDiff {
    requireNonNull(document, "document is null");
    requireNonNull(state, "state is null");
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /**
   * Compares.
   *
   * @throws DynavaultException {@code VAULT_NOT_FOUND} if a rule's vault neither exists nor will,
   *     {@code LOCKED} if its lock would let every job of the rule fail, {@code REQUEST_REFUSED} if
   *     a vault's key would have to change
   */
  public static PlanDiff of(PlanDocument document, AccountState state) {
    Comparison comparison = new Comparison(document, state);
    comparison.requireVaults();
    comparison.requireLocksAllowRules();
    comparison.noteCopiesIntoTheirOwnVault();
    document.vaults().forEach(comparison::vault);
    comparison.plan();
    comparison.selections();
    document.restoreTests().forEach(comparison::restoreTest);
    comparison.removedTests();
    comparison.notes.addAll(state.notes());
    return new PlanDiff(document, state, comparison.changes, comparison.notes);
  }

  /** Collects what differs. */
  private static final class Comparison {
    private final PlanDocument document;
    private final AccountState state;
    private final List<ObjectChange> changes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Comparison(PlanDocument document, AccountState state) {
      this.document = document;
      this.state = state;
    }

    void requireVaults() {
      for (PlanRule rule : document.rules()) {
        boolean wanted =
            document.vaults().stream().anyMatch(vault -> vault.name().equals(rule.vault()));
        if (!wanted && !state.vaults().containsKey(rule.vault())) {
          throw new DynavaultException(
              ErrorCode.VAULT_NOT_FOUND,
              "unable to use rule '"
                  + rule.name()
                  + "': AWS Backup has no vault '"
                  + rule.vault()
                  + "'",
              "name the vault under 'vaults', or create it with: dynavault aws-backup vault create "
                  + rule.vault());
        }
      }
    }

    /** AWS takes such a rule without a word, and every one of its jobs fails. */
    void requireLocksAllowRules() {
      for (PlanRule rule : document.rules()) {
        Optional<VaultRetention> lock = lockOf(rule.vault());
        Optional<String> reason = lock.flatMap(l -> l.refusalOf(rule.lifecycle()));
        if (reason.isEmpty()) {
          continue;
        }
        boolean asItIs =
            state.plan().filter(plan -> plan.rules().contains(rule)).isPresent()
                && lock.equals(foundLock(rule.vault()));
        if (!asItIs) {
          throw new DynavaultException(
              ErrorCode.LOCKED,
              "unable to use rule '%s' with vault '%s': its backups are %s"
                  .formatted(rule.name(), rule.vault(), reason.get()),
              "every job of this rule would fail: correct 'delete-after' or use another vault");
        }
        notes.add(
            "every job of rule '%s' fails: its backups are %s"
                .formatted(rule.name(), reason.get()));
      }
    }

    void noteCopiesIntoTheirOwnVault() {
      for (PlanRule rule : document.rules()) {
        Optional.ofNullable(state.vaults().get(rule.vault()))
            .map(found -> found.vault().arn())
            .filter(arn -> rule.copies().stream().anyMatch(copy -> copy.vaultArn().equals(arn)))
            .ifPresent(
                arn ->
                    notes.add(
                        "rule '%s' copies its backups into vault '%s', which they are in"
                            .formatted(rule.name(), rule.vault())));
      }
    }

    /** The lock that a vault will have: the document's, if it says something. */
    private Optional<VaultRetention> lockOf(String vault) {
      return document.vaults().stream()
          .filter(one -> one.name().equals(vault))
          .map(PlanVault::lock)
          .filter(lock -> lock.kind() != Wanted.Kind.AS_IT_IS)
          .findFirst()
          .map(Wanted::value)
          .orElseGet(() -> foundLock(vault));
    }

    private Optional<VaultRetention> foundLock(String vault) {
      return Optional.ofNullable(state.vaults().get(vault))
          .flatMap(found -> found.found().lock().value());
    }

    void vault(PlanVault wanted) {
      Optional<PlanVault> found =
          Optional.ofNullable(state.vaults().get(wanted.name())).map(AccountState.Vault::found);
      Map<String, String> after = ObjectFields.of(wanted, wanted);
      if (found.isEmpty()) {
        wanted.key().ifPresent(key -> after.put("key", key));
        add(Kind.VAULT, wanted.name(), Action.CREATE, Map.of(), after);
        return;
      }
      if (wanted.key().isPresent() && !wanted.key().equals(found.get().key())) {
        throw new DynavaultException(
            ErrorCode.REQUEST_REFUSED,
            "unable to change vault '" + wanted.name() + "': its key cannot be changed",
            "use another vault for another key; this one has "
                + found.get().key().orElse("AWS's own"));
      }
      changed(Kind.VAULT, wanted.name(), ObjectFields.of(found.get(), wanted), after);
    }

    void plan() {
      Map<String, String> after = ObjectFields.ofRules(document.rules());
      Optional<Map<String, String>> tags = document.tags().value();
      tags.ifPresent(map -> map.forEach((key, value) -> after.put("tags." + key, value)));
      Optional<AccountState.Plan> found = state.plan();
      if (found.isEmpty()) {
        add(Kind.PLAN, document.name(), Action.CREATE, Map.of(), after);
        return;
      }
      Map<String, String> before = ObjectFields.ofRules(found.get().rules());
      if (tags.isPresent()) {
        found.get().tags().forEach((key, value) -> before.put("tags." + key, value));
      }
      changed(Kind.PLAN, document.name(), before, after);
    }

    void selections() {
      document.selections().forEach(this::selection);
      Set<String> seen = new HashSet<>();
      document.selections().forEach(wanted -> seen.add(wanted.name()));
      for (AccountState.Selection found : state.selections()) {
        if (seen.add(found.selection().name())) {
          unwanted(found);
        }
      }
    }

    /** There may be two of one name, where a replacement was cut short: one too many. */
    private void selection(PlanSelection wanted) {
      List<PlanSelection> found =
          state.selections().stream()
              .map(AccountState.Selection::selection)
              .filter(selection -> selection.name().equals(wanted.name()))
              .toList();
      Map<String, String> after = ObjectFields.of(wanted);
      if (found.isEmpty()) {
        add(Kind.SELECTION, wanted.name(), Action.CREATE, Map.of(), after);
      } else if (!found.equals(List.of(wanted))) {
        PlanSelection other =
            found.stream().filter(one -> !one.equals(wanted)).findFirst().orElse(wanted);
        add(Kind.SELECTION, wanted.name(), Action.REPLACE, ObjectFields.of(other), after);
      }
    }

    private void unwanted(AccountState.Selection found) {
      String name = found.selection().name();
      boolean named = document.removals().selections().contains(name);
      if (named || found.origin() == Origin.OURS) {
        add(Kind.SELECTION, name, Action.DELETE, ObjectFields.of(found.selection()), Map.of());
      } else {
        notes.add(
            "selection '"
                + name
                + "' is not in the document and stays: dynavault did not make it; to delete it,"
                + " name it under 'delete.selections'");
      }
    }

    void restoreTest(RestoreTest wanted) {
      Optional<AccountState.Test> found =
          state.restoreTests().stream()
              .filter(test -> test.test().name().equals(wanted.name()))
              .findFirst();
      if (found.isEmpty()) {
        add(Kind.RESTORE_TEST, wanted.name(), Action.CREATE, Map.of(), ObjectFields.of(wanted));
      } else {
        changed(
            Kind.RESTORE_TEST,
            wanted.name(),
            ObjectFields.of(found.get().test()),
            ObjectFields.of(wanted));
      }
      testSelections(wanted, found);
    }

    private void testSelections(RestoreTest wanted, Optional<AccountState.Test> found) {
      List<RestoreTest.Selection> present =
          found.map(test -> test.test().selections()).orElse(List.of());
      for (RestoreTest.Selection selection : wanted.selections()) {
        String name = wanted.name() + "/" + selection.name();
        Optional<RestoreTest.Selection> old =
            present.stream().filter(other -> other.name().equals(selection.name())).findFirst();
        Map<String, String> after = ObjectFields.of(selection);
        if (old.isEmpty()) {
          add(Kind.RESTORE_TEST_SELECTION, name, Action.CREATE, Map.of(), after);
        } else {
          changed(Kind.RESTORE_TEST_SELECTION, name, ObjectFields.of(old.get()), after);
        }
      }
      for (RestoreTest.Selection other : present) {
        if (wanted.selections().stream().anyMatch(one -> one.name().equals(other.name()))) {
          continue;
        }
        String name = wanted.name() + "/" + other.name();
        if (found.orElseThrow().origins().get(other.name()) == Origin.OURS) {
          add(Kind.RESTORE_TEST_SELECTION, name, Action.DELETE, ObjectFields.of(other), Map.of());
        } else {
          notes.add(
              "restore test selection '"
                  + name
                  + "' is not in the document and stays: dynavault did not make it");
        }
      }
    }

    void removedTests() {
      for (AccountState.Test test : state.restoreTests()) {
        if (document.removals().restoreTests().contains(test.test().name())) {
          add(
              Kind.RESTORE_TEST,
              test.test().name(),
              Action.DELETE,
              ObjectFields.of(test.test()),
              Map.of());
        }
      }
    }

    private void changed(
        Kind kind, String name, Map<String, String> before, Map<String, String> after) {
      if (!before.equals(after)) {
        add(kind, name, Action.CHANGE, before, after);
      }
    }

    private void add(
        Kind kind,
        String name,
        Action action,
        Map<String, String> before,
        Map<String, String> after) {
      changes.add(new ObjectChange(kind, name, action, ObjectFields.differences(before, after)));
    }
  }
}
