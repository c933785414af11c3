// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.CreatorToken;
import io.dynavault.aws.awsbackup.ResourceTags;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.aws.awsbackup.plan.ObjectChange.Action;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.backup.BackupClient;

/**
 * Makes the account what a document says, as a {@link PlanDiff} found necessary. Vaults come first,
 * because plans need them; of a vault the lock comes last, because it forbids. What is replaced is
 * made before it is deleted, so that no table is without a plan meanwhile. If it fails in between,
 * what was done stays, and the next comparison finds the rest.
 */
public final class PlanApply {
  private final BackupPlans plans;
  private final RestoreTests restoreTests;
  private final Vaults vaults;
  private final ResourceTags tags;
  private final RandomGenerator random;

  /**
   * @param random for the ids of what is created
   */
  public PlanApply(BackupClient client, RandomGenerator random) {
    this.plans = new BackupPlans(client);
    this.restoreTests = new RestoreTests(client);
    this.vaults = new Vaults(client);
    this.tags = new ResourceTags(client);
    this.random = requireNonNull(random, "random is null");
  }

  /**
   * Does all that differs.
   *
   * @param done hears of every change after it was made
   * @throws DynavaultException at the first one that is refused
   */
  public void apply(PlanDiff diff, Consumer<ObjectChange> done) {
    String planId = diff.state().plan().map(AccountState.Plan::id).orElse("");
    for (ObjectChange change : diff.changes()) {
      switch (change.kind()) {
        case VAULT -> vault(diff, change);
        case PLAN -> planId = plan(diff, change);
        case SELECTION -> selection(diff, change, planId);
        case RESTORE_TEST -> restoreTest(diff, change);
        case RESTORE_TEST_SELECTION -> testSelection(diff, change);
      }
      done.accept(change);
    }
  }

  private void vault(PlanDiff diff, ObjectChange change) {
    PlanVault wanted =
        named(diff.document().vaults(), PlanVault::name, change.name()).orElseThrow();
    String arn;
    if (change.action() == Action.CREATE) {
      arn =
          vaults.create(
              wanted.name(),
              wanted.key().orElse(null),
              wanted.tags().value().orElse(Map.of()),
              CreatorToken.create(random));
    } else {
      arn = requireNonNull(diff.state().vaults().get(wanted.name())).vault().arn();
      if (touches(change, "tags.")) {
        tags.retag(arn, wanted.tags().value().orElse(Map.of()));
      }
    }
    if (touches(change, "policy")) {
      wanted
          .policy()
          .value()
          .ifPresentOrElse(
              policy -> vaults.setPolicy(wanted.name(), policy),
              () -> vaults.removePolicy(wanted.name()));
    }
    if (touches(change, "notifications.")) {
      wanted
          .notifications()
          .value()
          .ifPresentOrElse(
              notifications -> vaults.setNotifications(wanted.name(), notifications),
              () -> vaults.removeNotifications(wanted.name()));
    }
    if (touches(change, "lock.")) {
      wanted
          .lock()
          .value()
          .ifPresentOrElse(
              lock -> vaults.lock(wanted.name(), lock), () -> vaults.unlock(wanted.name()));
    }
  }

  private String plan(PlanDiff diff, ObjectChange change) {
    PlanDocument document = diff.document();
    Optional<AccountState.Plan> present = diff.state().plan();
    if (present.isEmpty()) {
      return plans.create(
          SdkPlans.plan(document, Optional.empty()),
          document.tags().value().orElse(Map.of()),
          CreatorToken.create(random));
    }
    if (touches(change, "rules.")) {
      plans.update(
          present.get().id(), SdkPlans.plan(document, present.map(AccountState.Plan::source)));
    }
    if (touches(change, "tags.")) {
      tags.retag(present.get().arn(), document.tags().value().orElse(Map.of()));
    }
    return present.get().id();
  }

  private void selection(PlanDiff diff, ObjectChange change, String planId) {
    List<AccountState.Selection> present =
        diff.state().selections().stream()
            .filter(selection -> selection.selection().name().equals(change.name()))
            .toList();
    switch (change.action()) {
      case CREATE -> create(diff, change, planId);
      case DELETE -> present.forEach(old -> plans.deleteSelection(planId, old.id()));
      case CHANGE, REPLACE -> replace(diff, change, planId, present);
    }
  }

  private void create(PlanDiff diff, ObjectChange change, String planId) {
    plans.createSelection(planId, selection(diff, change), CreatorToken.create(random));
  }

  private void replace(
      PlanDiff diff, ObjectChange change, String planId, List<AccountState.Selection> present) {
    try {
      create(diff, change, planId);
    } catch (RefusedException e) {
      if (!e.awsError().equals("AlreadyExistsException")) {
        throw e;
      }
      replaceInPlace(diff, change, planId, present);
      return;
    }
    present.forEach(old -> plans.deleteSelection(planId, old.id()));
  }

  /** Where two of one name cannot be: if the new one is refused, the old one is put back. */
  private void replaceInPlace(
      PlanDiff diff, ObjectChange change, String planId, List<AccountState.Selection> present) {
    present.forEach(old -> plans.deleteSelection(planId, old.id()));
    try {
      create(diff, change, planId);
    } catch (DynavaultException e) {
      for (AccountState.Selection old : present) {
        try {
          plans.createSelection(planId, old.selection(), CreatorToken.create(random));
        } catch (DynavaultException again) {
          e.addSuppressed(again);
          throw new DynavaultException(
              ErrorCode.OUTCOME_UNKNOWN,
              "selection '"
                  + change.name()
                  + "' was deleted and cannot be made again: "
                  + e.getMessage(),
              "its tables are in no plan now: correct the document and apply it again",
              e);
        }
      }
      throw e;
    }
  }

  private static PlanSelection selection(PlanDiff diff, ObjectChange change) {
    return named(diff.document().selections(), PlanSelection::name, change.name()).orElseThrow();
  }

  private void restoreTest(PlanDiff diff, ObjectChange change) {
    if (change.action() == Action.DELETE) {
      restoreTests.delete(change.name());
      return;
    }
    RestoreTest wanted =
        named(diff.document().restoreTests(), RestoreTest::name, change.name()).orElseThrow();
    if (change.action() == Action.CREATE) {
      restoreTests.create(wanted, CreatorToken.create(random));
    } else {
      restoreTests.update(wanted);
    }
  }

  private void testSelection(PlanDiff diff, ObjectChange change) {
    String test = change.name().substring(0, change.name().indexOf('/'));
    String name = change.name().substring(change.name().indexOf('/') + 1);
    if (change.action() == Action.DELETE) {
      restoreTests.deleteSelection(test, name);
      return;
    }
    RestoreTest.Selection wanted =
        named(diff.document().restoreTests(), RestoreTest::name, test)
            .flatMap(one -> named(one.selections(), RestoreTest.Selection::name, name))
            .orElseThrow();
    if (change.action() == Action.CREATE) {
      restoreTests.createSelection(test, wanted, CreatorToken.create(random));
    } else {
      restoreTests.updateSelection(test, wanted);
    }
  }

  private static boolean touches(ObjectChange change, String path) {
    return change.fields().stream().anyMatch(field -> field.path().startsWith(path));
  }

  private static <T> Optional<T> named(List<T> things, Function<T, String> name, String wanted) {
    return things.stream().filter(thing -> name.apply(thing).equals(wanted)).findFirst();
  }
}
