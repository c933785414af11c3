// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.advise.FactFinder;
import io.dynavault.aws.advise.MethodChoice;
import io.dynavault.aws.advise.TableFacts.VaultPlace;
import io.dynavault.cli.command.Session;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.Vault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The method that fits each table, the endpoint and the vault. */
final class AutoMethod implements BackupMethod {
  private static final int TABLES_AT_ONCE = 4;

  private final Session session;
  private final BackupCommandOptions options;
  private final Vault vault;
  private final TableClients clients;
  private final Map<Method, BackupMethod> open = new EnumMap<>(Method.class);

  private AutoMethod(
      Session session, BackupCommandOptions options, Vault vault, TableClients clients) {
    this.session = session;
    this.options = options;
    this.vault = vault;
    this.clients = clients;
  }

  static AutoMethod open(Session session, BackupCommandOptions options, Vault vault) {
    return new AutoMethod(session, options, vault, TableClients.open(session.wiring().endpoint()));
  }

  @Override
  public int tablesAtOnce() {
    return TABLES_AT_ONCE;
  }

  @Override
  public PlannedBackup plan(String tableName) {
    MethodChoice choice = choose(tableName);
    PlannedBackup plan = method(choice.method()).plan(tableName);
    return new Chosen(tableName, choice, plan);
  }

  private MethodChoice choose(String tableName) {
    if (options.isSelective()) {
      return new MethodChoice(Method.SCAN, "only a scan can leave items or attributes out");
    }
    if (options.export().isUsed()) {
      return new MethodChoice(Method.EXPORT, "options of exports are given");
    }
    FactFinder finder =
        new FactFinder(clients.dynamoDb(), session.wiring().calls(new StopSignal()));
    boolean inS3 =
        "s3".equals(vault.store().location().getScheme()) && session.wiring().foreignS3().isEmpty();
    try {
      return MethodChoice.of(finder.find(tableName, inS3 ? VaultPlace.S3 : VaultPlace.ELSEWHERE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED,
          "choosing a method for table '" + tableName + "' was interrupted",
          e);
    }
  }

  /** Goes on by the method that was chosen then. */
  @Override
  public BackedUpTable resume(String tableName, RunContext context) throws InterruptedException {
    List<RunJournal> unfinished = vault.runs().unfinished(tableName);
    for (int i = unfinished.size() - 1; i >= 0; i--) {
      switch (unfinished.get(i).run().kind()) {
        case BACKUP -> {
          return method(Method.SCAN).resume(tableName, context);
        }
        case EXPORT -> {
          return method(Method.EXPORT).resume(tableName, context);
        }
        case ON_DEMAND -> {
          return method(Method.ON_DEMAND).resume(tableName, context);
        }
        case AWS_BACKUP, COMPACT, COPY -> {
          // never chosen, or nothing that reads a table: not a backup of ours
        }
      }
    }
    return method(Method.SCAN).resume(tableName, context); // says that there is nothing
  }

  private synchronized BackupMethod method(Method method) {
    return open.computeIfAbsent(
        method,
        chosen ->
            switch (chosen) {
              case SCAN -> ScanMethod.open(session, options, vault);
              case EXPORT -> ExportMethod.open(session, options, vault);
              case ON_DEMAND -> OnDemandMethod.open(session, options, vault);
              case AWS_BACKUP -> throw new IllegalStateException("AWS Backup is never chosen");
            });
  }

  @Override
  public void close() {
    open.values().forEach(BackupMethod::close);
    clients.close();
  }

  /** A plan and why it is of this method. */
  private final class Chosen implements PlannedBackup {
    private final String tableName;
    private final MethodChoice choice;
    private final PlannedBackup plan;

    Chosen(String tableName, MethodChoice choice, PlannedBackup plan) {
      this.tableName = tableName;
      this.choice = choice;
      this.plan = plan;
    }

    private String line() {
      return "%s: method %s, because %s"
          .formatted(
              tableName,
              choice.method().name().toLowerCase(Locale.ROOT).replace('_', '-'),
              choice.reason());
    }

    @Override
    public List<String> headings() {
      return plan.headings();
    }

    @Override
    public List<List<String>> rows() {
      return plan.rows();
    }

    @Override
    public ObjectNode json() {
      return plan.json().put("chosenBecause", choice.reason());
    }

    @Override
    public List<String> notes() {
      List<String> notes = new ArrayList<>(List.of(line()));
      notes.addAll(plan.notes());
      return notes;
    }

    @Override
    public BackedUpTable run(RunContext context) throws InterruptedException {
      session.output().message(line());
      return plan.run(context).because(choice.reason());
    }
  }
}
