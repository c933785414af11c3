// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.lambda.backup.ManifestStore;
import io.dynavault.lambda.host.Answer;
import io.dynavault.lambda.host.Host;
import io.dynavault.lambda.host.Invocation;
import io.dynavault.lambda.host.Settings;
import io.dynavault.lambda.host.VaultAccess;
import io.dynavault.lambda.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores the tables that an event names, or tests that they can be. */
public final class RestoreFunction {
  private static final Logger log = LoggerFactory.getLogger(RestoreFunction.class);

  /** Tables restored at the same time. */
  private static final int TABLES = 3;

  private final Host host;

  public RestoreFunction(Host host) {
    this.host = requireNonNull(host, "host is null");
  }

  /**
   * Begins a request, goes on with it, or tells what came of it.
   *
   * @throws DynavaultException where settings, event or vault are at fault
   */
  public Answer handle(Invocation invocation) throws InterruptedException {
    Settings settings = new Settings(host.variables());
    boolean test = invocation.event().flag("restore_test");
    Report report =
        new Report(
            host,
            settings,
            test ? Notification.Operation.RESTORE_TEST : Notification.Operation.RESTORE);
    try {
      return restore(invocation, settings, report);
    } catch (DynavaultException e) {
      report.sendFailure(invocation, e);
      throw e;
    }
  }

  private Answer restore(Invocation invocation, Settings settings, Report report)
      throws InterruptedException {
    RestoreEvent event = RestoreEvent.of(invocation.event());
    String environment = settings.required("ENVIRONMENT");
    int limit = settings.number("MAX_CONTINUATIONS", 48, 0);
    String testPrefix = settings.text("RESTORE_TEST_PREFIX", "dynavault-restore-test-");
    try (VaultAccess access = VaultAccess.open(host, settings, invocation)) {
      Optional<Answer> before = answered(access, invocation);
      if (before.isPresent()) {
        return before.get();
      }
      List<TableOutcome> begun = begun(invocation, access, environment, event);
      List<TableOutcome> outcomes = work(invocation, access, event, begun, testPrefix);
      if (unfinished(outcomes)) {
        outcomes = later(invocation, outcomes, limit);
      }
      Answer answer = answer(invocation, event, environment, outcomes);
      if (!unfinished(outcomes)) {
        end(access, invocation, event, answer);
        tell(report, invocation, access, outcomes);
      }
      return answer;
    }
  }

  private static boolean unfinished(List<TableOutcome> outcomes) {
    return outcomes.stream().anyMatch(outcome -> !outcome.hasEnded());
  }

  /** What the invocation before has left, or what the event means by now. */
  private static List<TableOutcome> begun(
      Invocation invocation, VaultAccess access, String environment, RestoreEvent event) {
    JsonNode state = invocation.event().state();
    if (state.isMissingNode()) {
      ManifestStore manifests = new ManifestStore(access.store(), environment, access.bucket());
      return PointChoice.of(access.vault().catalog(), manifests, event);
    }
    return new JsonFields("state", state)
        .objects("tables").stream().map(TableOutcome::read).toList();
  }

  private List<TableOutcome> work(
      Invocation invocation,
      VaultAccess access,
      RestoreEvent event,
      List<TableOutcome> begun,
      String testPrefix)
      throws InterruptedException {
    try (TableClients clients = TableClients.open(host.endpoint());
        RegionClients regions = new RegionClients(AwsClients.of(host.endpoint()));
        DynamoDbTransport transport =
            HttpTransport.open(
                host.endpoint(),
                TransportConfig.forThreads(TABLES * event.maxWorkers()),
                invocation.timing(),
                new TransportCounters())) {
      TableRestore restore =
          new TableRestore(
              access.vault(),
              invocation,
              new FileRestore(access.vault(), clients, transport, invocation, event, testPrefix),
              new ManagedRestore(clients, regions, invocation, event, testPrefix));
      List<String> names = begun.stream().map(TableOutcome::tableName).toList();
      List<Outcome<TableOutcome>> worked =
          Outcome.ofEach(
              names,
              TABLES,
              new StopSignal(),
              name -> go(restore, begun.get(names.indexOf(name)), invocation));
      List<TableOutcome> outcomes = new ArrayList<>();
      for (int i = 0; i < worked.size(); i++) {
        Outcome<TableOutcome> one = worked.get(i);
        outcomes.add(
            one.result().isPresent()
                ? one.result().get()
                : begun.get(i).failed(one.failure().orElseThrow()));
      }
      return outcomes;
    }
  }

  private static TableOutcome go(
      TableRestore restore, TableOutcome outcome, Invocation invocation) {
    if (outcome.hasEnded() || invocation.deadline().isReached()) {
      return outcome;
    }
    try {
      TableOutcome now = restore.go(outcome);
      log.info("table {}: {}, {} items", now.tableName(), now.status(), now.items());
      return now;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED,
          "restore of table '" + outcome.tableName() + "' was interrupted",
          e);
    }
  }

  private static List<TableOutcome> later(
      Invocation invocation, List<TableOutcome> outcomes, int limit) {
    if (!invocation.mayContinue(limit)) {
      return outcomes.stream()
          .map(
              outcome ->
                  outcome.hasEnded()
                      ? outcome
                      : outcome.failed(invocation.givenUp("the restore in time", limit)))
          .toList();
    }
    invocation.continueLater(withTables(JsonNodeFactory.instance.objectNode(), outcomes));
    return outcomes;
  }

  private static ObjectNode withTables(ObjectNode json, List<TableOutcome> outcomes) {
    ArrayNode tables = json.putArray("tables");
    outcomes.forEach(outcome -> tables.add(outcome.toJson()));
    return json;
  }

  private static Answer answer(
      Invocation invocation, RestoreEvent event, String environment, List<TableOutcome> outcomes) {
    long failed = count(outcomes, TableOutcome.Status.FAILED);
    long pending = count(outcomes, TableOutcome.Status.PENDING);
    long done = outcomes.size() - failed - pending;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("backup_date", event.date().map(Object::toString).orElse("latest"));
    body.put("environment", environment);
    body.put("dry_run", event.mode() == RestoreEvent.Mode.DRY_RUN);
    body.put("total_tables_processed", outcomes.size());
    body.put("successful_restores", done);
    body.put("failed_restores", failed);
    body.put(
        "total_items_restored",
        event.mode() == RestoreEvent.Mode.DRY_RUN
            ? 0
            : outcomes.stream().mapToLong(TableOutcome::items).sum());
    body.put("request_id", invocation.requestId());
    withTables(body, outcomes);
    return new Answer(pending > 0 ? Answer.CONTINUES : Answer.statusCode(done, failed), body);
  }

  private static long count(List<TableOutcome> outcomes, TableOutcome.Status status) {
    return outcomes.stream().filter(outcome -> outcome.status() == status).count();
  }

  private static Optional<Answer> answered(VaultAccess access, Invocation invocation) {
    return StoredJson.find(access.store(), Checkpoints.answer(invocation.requestId()))
        .map(
            stored ->
                stored.parse(
                    "answer",
                    json ->
                        new Answer(
                            (int) json.number("statusCode"),
                            (ObjectNode) json.object("body").node())));
  }

  /** The same request, coming again, gets the same answer and writes nothing. */
  private static void end(
      VaultAccess access, Invocation invocation, RestoreEvent event, Answer answer) {
    if (event.mode() != RestoreEvent.Mode.DRY_RUN) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("formatVersion", "1.0");
      json.setAll(answer.toJson());
      access
          .store()
          .put(Checkpoints.answer(invocation.requestId()), json.toString().getBytes(UTF_8));
    }
  }

  private static void tell(
      Report report, Invocation invocation, VaultAccess access, List<TableOutcome> outcomes) {
    report.send(
        invocation,
        Optional.of(access.location()),
        outcomes.stream().map(TableOutcome::line).toList(),
        Map.of());
  }
}
