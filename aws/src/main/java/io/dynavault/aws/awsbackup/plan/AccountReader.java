// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.AwsVault;
import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.aws.awsbackup.RegionSettings;
import io.dynavault.aws.awsbackup.ResourceTags;
import io.dynavault.aws.awsbackup.VaultNotifications;
import io.dynavault.aws.awsbackup.VaultRetention;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.BackupPlan;

/** Reads what is in the account of what a document is about. Changes nothing. */
public final class AccountReader {
  /** In an exported document: AWS keeps the date, not the days, of a compliance lock. */
  private static final int CHANGEABLE_DAYS = 30;

  private final BackupPlans plans;
  private final RestoreTests restoreTests;
  private final Vaults vaults;
  private final ResourceTags tags;
  private final RegionSettings settings;

  public AccountReader(BackupClient client) {
    requireNonNull(client, "client is null");
    this.plans = new BackupPlans(client);
    this.restoreTests = new RestoreTests(client);
    this.vaults = new Vaults(client);
    this.tags = new ResourceTags(client);
    this.settings = new RegionSettings(client);
  }

  /** What a document is to be compared with. */
  public AccountState read(PlanDocument document) {
    Optional<AccountState.Plan> plan = plan(document.name());
    List<String> notes = new ArrayList<>();
    Set<String> wanted = new LinkedHashSet<>(document.removals().restoreTests());
    document.restoreTests().forEach(test -> wanted.add(test.name()));
    return new AccountState(
        plan,
        plan.map(found -> selections(found, document, notes)).orElse(List.of()),
        vaults(document),
        tests(wanted),
        notes(document, notes));
  }

  /** Servers other than AWS's may not know of selections, which a document may do without. */
  private List<AccountState.Selection> selections(
      AccountState.Plan plan, PlanDocument document, List<String> notes) {
    return document.selections().isEmpty() && document.removals().selections().isEmpty()
        ? ifOffered(() -> plans.selections(plan.id()), List.of(), "selections", notes::add)
        : plans.selections(plan.id());
  }

  private static <T> T ifOffered(
      Supplier<T> request, T otherwise, String what, Consumer<String> notes) {
    try {
      return request.get();
    } catch (RefusedException e) {
      if (!e.isNotOffered()) {
        throw e;
      }
      notes.accept(what + " are left out, for this endpoint has none: " + e.getMessage());
      return otherwise;
    }
  }

  private List<AccountState.Test> tests(Set<String> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    Set<String> found = new LinkedHashSet<>(restoreTests.names());
    return wanted.stream().filter(found::contains).map(restoreTests::get).toList();
  }

  /**
   * A document of a plan that is in the account, with its selections and the vaults of its rules.
   *
   * @param tests names of restore tests to take along
   * @param notes told what servers other than AWS's do not offer, and the document therefore lacks
   * @throws DynavaultException {@code RESOURCE_NOT_FOUND} if there is no such plan
   */
  public PlanDocument export(String name, List<String> tests, Consumer<String> notes) {
    AccountState.Plan plan = plan(name).orElseThrow(() -> unknown(name));
    Set<String> names =
        plan.rules().stream()
            .map(PlanRule::vault)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<PlanVault> found =
        names.stream()
            .flatMap(vault -> vaults.find(vault).stream())
            .map(vault -> withoutNone(describe(vault, notes)))
            .toList();
    List<AccountState.Selection> selections =
        ifOffered(() -> plans.selections(plan.id()), List.of(), "selections", notes);
    return new PlanDocument(
        name,
        unlessEmpty(plan.tags()),
        plan.rules(),
        selections.stream().map(AccountState.Selection::selection).toList(),
        found,
        tests.stream().map(restoreTests::describe).toList(),
        PlanDocument.Removals.NONE);
  }

  private DynavaultException unknown(String name) {
    String names =
        plans.list().stream().map(BackupPlans.Summary::name).collect(Collectors.joining(", "));
    return new DynavaultException(
        ErrorCode.RESOURCE_NOT_FOUND,
        "unable to read plan '" + name + "': AWS Backup has no such plan",
        names.isEmpty() ? "there is none in this account and region" : "there are: " + names);
  }

  /**
   * The plan of a name.
   *
   * @throws DynavaultException {@code REQUEST_REFUSED} if there are two
   */
  public Optional<String> planId(String name) {
    return plan(name).map(AccountState.Plan::id);
  }

  private Optional<AccountState.Plan> plan(String name) {
    List<BackupPlans.Summary> found =
        plans.list().stream().filter(plan -> plan.name().equals(name)).toList();
    if (found.size() > 1) {
      throw new DynavaultException(
          ErrorCode.REQUEST_REFUSED,
          "unable to tell which plan is '" + name + "': " + found.size() + " have this name",
          "delete or rename all but one: "
              + found.stream().map(BackupPlans.Summary::id).collect(Collectors.joining(", ")));
    }
    return found.stream().findFirst().map(this::plan);
  }

  private AccountState.Plan plan(BackupPlans.Summary summary) {
    BackupPlan source = plans.get(summary.id());
    return new AccountState.Plan(
        summary.id(),
        summary.arn(),
        tags.of(summary.arn()),
        source.rules().stream().map(SdkPlans::rule).toList(),
        source);
  }

  private Map<String, AccountState.Vault> vaults(PlanDocument document) {
    Map<String, PlanVault> wanted = new LinkedHashMap<>();
    document.vaults().forEach(vault -> wanted.put(vault.name(), vault));
    document.rules().forEach(rule -> wanted.computeIfAbsent(rule.vault(), PlanVault::asItIs));
    Map<String, AccountState.Vault> found = new TreeMap<>();
    wanted.forEach(
        (name, like) ->
            vaults
                .find(name)
                .ifPresent(
                    vault -> found.put(name, new AccountState.Vault(vault, read(vault, like)))));
    return found;
  }

  /** What the document says something of. */
  private PlanVault read(AwsVault vault, PlanVault like) {
    return vault(
        vault,
        unlessAsItIs(like.policy(), () -> vaults.policy(vault.name())),
        unlessAsItIs(like.notifications(), () -> vaults.notifications(vault.name())));
  }

  private static <T> Wanted<T> unlessAsItIs(Wanted<T> like, Supplier<Optional<T>> request) {
    return like.kind() == Wanted.Kind.AS_IT_IS ? like : Wanted.found(request.get());
  }

  /** All that the endpoint tells. */
  private PlanVault describe(AwsVault vault, Consumer<String> notes) {
    String name = vault.name();
    return vault(
        vault,
        ifOffered(
            () -> Wanted.found(vaults.policy(name)), Wanted.asItIs(), "access policies", notes),
        ifOffered(
            () -> Wanted.found(vaults.notifications(name)),
            Wanted.asItIs(),
            "notifications",
            notes));
  }

  private PlanVault vault(
      AwsVault vault, Wanted<String> policy, Wanted<VaultNotifications> notifications) {
    Optional<VaultRetention> lock =
        vault.locked()
            ? Optional.of(
                new VaultRetention(
                    vault.minDays(),
                    vault.maxDays(),
                    vault.lockDate().isPresent()
                        ? OptionalInt.of(CHANGEABLE_DAYS)
                        : OptionalInt.empty()))
            : Optional.empty();
    return new PlanVault(
        vault.name(),
        vault.key(),
        Wanted.of(tags.of(vault.arn())),
        Wanted.found(lock),
        policy,
        notifications);
  }

  private static PlanVault withoutNone(PlanVault vault) {
    return new PlanVault(
        vault.name(),
        vault.key(),
        unlessEmpty(vault.tags().value().orElse(Map.of())),
        unlessNone(vault.lock()),
        unlessNone(vault.policy()),
        unlessNone(vault.notifications()));
  }

  private static <T> Wanted<T> unlessNone(Wanted<T> wanted) {
    return wanted.kind() == Wanted.Kind.NONE ? Wanted.asItIs() : wanted;
  }

  private static Wanted<Map<String, String>> unlessEmpty(Map<String, String> map) {
    return map.isEmpty() ? Wanted.asItIs() : Wanted.of(map);
  }

  /** What AWS would only say when the first job fails, or never. */
  private List<String> notes(PlanDocument document, List<String> notes) {
    RegionSettings.Settings region;
    try {
      region = settings.describe();
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      notes.add("it is not known whether AWS Backup is set up for DynamoDB: " + e.getMessage());
      return notes;
    }
    if (!region.optedIn()) {
      notes.add(
          "AWS Backup is not opted in to DynamoDB here: plans back up no tables by tag; enable it"
              + " with: dynavault aws-backup settings --enable --confirm");
    }
    if (!region.advanced() && document.rules().stream().anyMatch(AccountReader::needsAdvanced)) {
      notes.add(
          "copies, cold storage and recovery point tags need the advanced features for DynamoDB;"
              + " enable them with: dynavault aws-backup settings --enable --confirm");
    }
    return notes;
  }

  private static boolean needsAdvanced(PlanRule rule) {
    Lifecycle lifecycle = rule.lifecycle();
    return !rule.copies().isEmpty()
        || lifecycle.coldAfterDays().isPresent()
        || !rule.tags().isEmpty();
  }
}
