// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.lambda.host.Answer;
import io.dynavault.lambda.host.Host;
import io.dynavault.lambda.host.Invocation;
import io.dynavault.lambda.host.Settings;
import io.dynavault.lambda.host.VaultAccess;
import io.dynavault.lambda.report.Report;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Backs the tables up that the settings choose. */
public final class BackupFunction {
  private final Host host;
  private final Report report;

  public BackupFunction(Host host) {
    this.host = requireNonNull(host, "host is null");
    report = new Report(host, new Settings(host.variables()), Notification.Operation.BACKUP);
  }

  /**
   * Begins a request, goes on with it, or tells what came of it.
   *
   * @throws DynavaultException where settings, vault or the choice of tables are at fault
   */
  public Answer handle(Invocation invocation) throws InterruptedException {
    try {
      return backup(invocation);
    } catch (DynavaultException e) {
      report.sendFailure(invocation, e);
      throw e;
    }
  }

  private Answer backup(Invocation invocation) throws InterruptedException {
    Settings variables = new Settings(host.variables());
    BackupSettings settings = BackupSettings.of(variables);
    LocalDate date = LocalDate.ofInstant(invocation.scheduledTime(), ZoneOffset.UTC);
    try (VaultAccess access = VaultAccess.openOrCreate(host, variables, invocation);
        BackupMethod method = open(settings, access, invocation)) {
      ManifestStore manifests =
          new ManifestStore(access.store(), settings.environment(), settings.bucket());
      DayRun run = begin(manifests, date, settings, method, invocation);
      if (run.ended().isEmpty()) {
        run = new DayWork(manifests, date, method, invocation, settings.maxContinuations()).go(run);
        tell(run, access, invocation);
      }
      return answer(run, date, settings, access);
    }
  }

  private DayRun begin(
      ManifestStore manifests,
      LocalDate date,
      BackupSettings settings,
      BackupMethod method,
      Invocation invocation) {
    String requestId = invocation.requestId();
    var known = manifests.read(date).run(requestId);
    if (known.isPresent()) {
      return known.get();
    }
    List<TableState> tables = chosen(settings.tables()).stream().map(TableState::pending).toList();
    DayRun run =
        new DayRun(requestId, method.type(), invocation.started(), Optional.empty(), tables);
    return manifests
        .update(date, day -> day.run(requestId).isPresent() ? day : day.with(run))
        .run(requestId)
        .orElseThrow();
  }

  private List<String> chosen(TableChoice choice) {
    try (TableClients clients = TableClients.open(host.endpoint());
        AwsClients aws = AwsClients.of(host.endpoint())) {
      return choice.find(clients, TableChoice.finder(aws::tagging));
    }
  }

  private BackupMethod open(BackupSettings settings, VaultAccess access, Invocation invocation) {
    TableClients clients = TableClients.open(host.endpoint());
    return switch (settings.method()) {
      case EXPORT -> new ExportMethod(access.vault(), clients, invocation, settings.kmsKeyArn());
      case ON_DEMAND ->
          new OnDemandMethod(access.vault(), clients, invocation, settings.backupPrefix());
      case SCAN ->
          new ScanMethod(
              access.vault(),
              clients,
              HttpTransport.open(
                  host.endpoint(),
                  TransportConfig.forThreads(ScanMethod.WORKERS),
                  invocation.timing(),
                  new TransportCounters()),
              invocation);
    };
  }

  private void tell(DayRun run, VaultAccess access, Invocation invocation) {
    if (run.ended().isPresent()) {
      TableReports reports = new TableReports(access.vault());
      report.send(
          invocation,
          Optional.of(access.location()),
          TableReports.lines(run.tables()),
          reports.newest(run.tables()));
    }
  }

  private static Answer answer(
      DayRun run, LocalDate date, BackupSettings settings, VaultAccess access) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("backup_date", date.toString());
    body.put("environment", settings.environment());
    body.put("backup_type", run.backupType());
    BackupSummary.of(run.tables()).addTo(body);
    body.put("manifest_s3_key", access.s3Key(ManifestStore.key(date)));
    body.put("s3_bucket", settings.bucket());
    body.put("request_id", run.requestId());
    ArrayNode tables = body.putArray("tables");
    run.tables().forEach(table -> tables.add(table.toJson()));
    int statusCode =
        run.ended().isEmpty()
            ? Answer.CONTINUES
            : Answer.statusCode(
                run.count(TableState.Status.COMPLETED), run.count(TableState.Status.FAILED));
    return new Answer(statusCode, body);
  }
}
