// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.cleanup;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.ondemand.OnDemandVaultBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.expire.ExpireResult;
import io.dynavault.core.expire.ExpireRun;
import io.dynavault.core.expire.ExpireSurvey;
import io.dynavault.core.expire.LastGood;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.vault.Method;
import io.dynavault.lambda.host.Answer;
import io.dynavault.lambda.host.Host;
import io.dynavault.lambda.host.Invocation;
import io.dynavault.lambda.host.Settings;
import io.dynavault.lambda.host.VaultAccess;
import io.dynavault.lambda.report.Report;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Deletes what is past its retention. */
public final class CleanupFunction {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Host host;

  public CleanupFunction(Host host) {
    this.host = requireNonNull(host, "host is null");
  }

  /**
   * Deletes; coming again it finds nothing to do.
   *
   * @throws DynavaultException where settings or vault are at fault
   */
  public Answer handle(Invocation invocation) throws InterruptedException {
    Settings settings = new Settings(host.variables());
    Report report = new Report(host, settings, Notification.Operation.CLEANUP);
    try {
      return clean(invocation, settings, report);
    } catch (DynavaultException e) {
      report.sendFailure(invocation, e);
      throw e;
    }
  }

  private Answer clean(Invocation invocation, Settings settings, Report report)
      throws InterruptedException {
    CleanupSettings wanted = CleanupSettings.of(settings);
    PacedCalls calls = new PacedCalls(invocation.timing(), invocation.stop(), PATIENCE);
    try (VaultAccess access = VaultAccess.open(host, settings, invocation);
        AwsClients clients = AwsClients.of(host.endpoint());
        ManagedBackups backups =
            ManagedBackups.byMethod(
                Map.of(Method.ON_DEMAND, new OnDemandVaultBackups(clients, calls)))) {
      ExpirePlan plan = new ExpireSurvey(access.vault(), backups).plan(wanted.planner());
      BackupNames names = BackupNames.ask(plan, new RegionClients(clients), calls);
      OwnNames own = new OwnNames(wanted.backupPrefix(), names);
      ExpireResult result =
          new ExpireRun(access.vault(), LastGood.KEEP, backups)
              .run(own.withoutForeign(plan))
              .withFailed(own.notTold(plan));
      CleanupReport told = new CleanupReport(names, result);
      report.send(invocation, Optional.of(access.location()), told.lines(), Map.of());
      return told.answer(wanted, invocation.timing().clock().instant());
    }
  }
}
