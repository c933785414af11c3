// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.BareExport;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ExportLayout;
import io.dynavault.format.layout.RecoveryPointKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Verifies what a request names. Damage is no failure but a finding, and ends nothing: all files
 * are looked at. A run fails only where nothing could be said, such as when the store does not
 * answer.
 */
public final class VerifyRun {
  private final VerifyRequest request;
  private final RunContext context;
  private final ManagedBackups backups;
  private final Parallel parallel;

  /**
   * @param backups knows of what AWS keeps
   */
  public VerifyRun(VerifyRequest request, RunContext context, ManagedBackups backups) {
    this.backups = requireNonNull(backups, "backups is null");
    this.request = requireNonNull(request, "request is null");
    this.context = requireNonNull(context, "context is null");
    this.parallel = new Parallel("verify", request.workers());
  }

  /**
   * Verifies.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code RECOVERY_POINT_NOT_FOUND} or {@code
   *     EXPORT_NOT_FOUND} where there is nothing to verify, {@code INTERRUPTED} after a stop, or a
   *     failure of the store that is not about one object
   */
  public VerifyResult run() throws InterruptedException {
    VerifyTarget target = request.target();
    if (target instanceof VerifyTarget.BareExport bare) {
      SecondLook second = new SecondLook(bare.store());
      List<ExportSubject> subjects = new ArrayList<>();
      for (String location : exports(bare, second)) {
        subjects.add(new ExportSubject.Bare(bare.store(), location, bare.keySchema(), second));
      }
      return verify(bare.store(), subjects, List.of(), second);
    }
    if (target instanceof VerifyTarget.OnePoint point) {
      return inVault(
          point.vault(),
          survey ->
              survey.surveyPoint(new RecoveryPointKey(point.tableName(), point.id().value())));
    }
    if (target instanceof VerifyTarget.OneTable table) {
      return inVault(table.vault(), survey -> survey.surveyTable(table.tableName()));
    }
    return inVault(((VerifyTarget.WholeVault) target).vault(), VaultSurvey::surveyAll);
  }

  /** The export at the location, or else all that lie below it. */
  private static List<String> exports(VerifyTarget.BareExport bare, SecondLook second) {
    String folder = ExportLayout.folderOf(bare.location());
    if (second.stat(folder + "/" + ExportLayout.MANIFEST_SUMMARY).isPresent()) {
      return List.of(folder);
    }
    List<String> below = BareExport.folders(bare.store(), folder);
    return below.isEmpty() ? List.of(bare.location()) : below;
  }

  private interface Survey {
    void of(VaultSurvey survey) throws InterruptedException;
  }

  private VerifyResult inVault(Vault vault, Survey survey) throws InterruptedException {
    SecondLook second = new SecondLook(vault.store());
    VaultSurvey found = new VaultSurvey(vault, second, request.workers());
    context.progress().phase("reading records");
    survey.of(found);
    List<ExportSubject> subjects = new ArrayList<>();
    found.points().forEach(point -> subjects.add(subject(vault, point, second)));
    VerifyResult exports = verify(vault.store(), subjects, found.findings(), second);
    List<VerifiedChain> chains = chains(vault, found.chains(), second);
    return exports.with(chains, second.passing());
  }

  private List<VerifiedChain> chains(Vault vault, List<ChainLog> logs, SecondLook second)
      throws InterruptedException {
    if (!logs.isEmpty()) {
      context.progress().phase("reading changes");
    }
    List<VerifiedChain> chains = new ArrayList<>();
    for (ChainLog log : logs) {
      chains.add(new ChainCheck(vault, log, request, context, second).check());
    }
    return chains;
  }

  private ExportSubject subject(Vault vault, RecoveryPoint point, SecondLook second) {
    return point.content() instanceof ManagedBackup
        ? new ManagedSubject(vault, point, backups, second)
        : new ExportSubject.Recorded(vault, point, second);
  }

  private VerifyResult verify(
      ObjectStore store, List<ExportSubject> subjects, List<Finding> findings, SecondLook second)
      throws InterruptedException {
    FileCheck fileCheck = new FileCheck(store, request.level(), second, context);
    List<ExportCheck> checks =
        subjects.stream()
            .map(subject -> new ExportCheck(subject, store, fileCheck, context))
            .toList();
    try {
      begin(checks);
      read(checks);
      List<VerifiedExport> exports = checks.stream().map(ExportCheck::result).toList();
      return new VerifyResult(request.level(), exports, List.of(), findings, second.passing());
    } finally {
      checks.forEach(ExportCheck::close);
    }
  }

  private void begin(List<ExportCheck> checks) throws InterruptedException {
    context.progress().phase("reading manifests");
    FileChoice choice = new FileChoice(request, context.timing().random());
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (ExportCheck check : checks) {
      tasks.add(
          () -> {
            FileCheck.requireNotStopped(context);
            check.begin(choice);
            return true;
          });
    }
    parallel.run(tasks);
  }

  private void read(List<ExportCheck> checks) throws InterruptedException {
    context.progress().phase("reading data files");
    long items = 0;
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (ExportCheck check : checks) {
      for (ExpectedFile file : check.files()) {
        items += file.itemCount();
        tasks.add(
            () -> {
              check.read(file);
              return true;
            });
      }
    }
    context.progress().expect(request.level().includes(VerifyLevel.DATA) ? items : 0, 0);
    parallel.run(tasks);
  }
}
