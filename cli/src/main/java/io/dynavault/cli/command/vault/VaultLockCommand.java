// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.LockLog;
import io.dynavault.core.vault.LockMode;
import io.dynavault.core.vault.VaultLock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Protects the recovery points of a vault from early deletion. */
@Command(
    name = "lock",
    description = {
      "Locks a vault: nothing younger than the minimum retention can be deleted.",
      "In governance mode whoever may write to the vault can unlock it. In compliance mode nobody"
          + " can, once --changeable-for-days have passed. Prints what it would do; acts with"
          + " --confirm."
    })
@CommandTraits(
    examples = {
      "dynavault vault lock --vault ./vault --min-retention-days 7 --confirm",
      "dynavault vault lock --vault s3://my-backups/vault --mode compliance \\",
      "    --min-retention-days 30 --max-retention-days 365 --changeable-for-days 7 --confirm"
    },
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class VaultLockCommand implements CliCommand {
  @Option(
      names = "--mode",
      paramLabel = "governance|compliance",
      description = "who may change the lock (default ${DEFAULT-VALUE})",
      defaultValue = "governance")
  private LockMode mode = LockMode.GOVERNANCE;

  @Option(
      names = "--min-retention-days",
      paramLabel = "DAYS",
      required = true,
      description = "days for which nothing can be deleted (1 to 36500)")
  private int minRetentionDays;

  @Option(
      names = "--max-retention-days",
      paramLabel = "DAYS",
      description = "backups that would be kept longer, or for ever, are refused")
  private @Nullable Integer maxRetentionDays;

  @Option(
      names = "--changeable-for-days",
      paramLabel = "DAYS",
      description = "days until a compliance lock is final (at least 3, default ${DEFAULT-VALUE})",
      defaultValue = "3")
  private int changeableForDays;

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) {
    try (OpenVault open = session.wiring().openVault()) {
      LockLog log = open.vault().lockLog();
      VaultLock lock = lock(log);
      boolean acts = confirmation.isGiven();
      if (acts) {
        log.lock(lock);
      }
      session.output().show(new LockView(lock, acts, session.now()));
      return ExitStatus.OK;
    }
  }

  private VaultLock lock(LockLog log) {
    OptionalInt max =
        maxRetentionDays == null ? OptionalInt.empty() : OptionalInt.of(maxRetentionDays);
    try {
      return mode == LockMode.GOVERNANCE
          ? VaultLock.governance(minRetentionDays, max)
          : VaultLock.compliance(
              minRetentionDays, max, log.lockDateIn(Duration.ofDays(changeableForDays)));
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(ErrorCode.USAGE, "unable to lock the vault: " + e.getMessage());
    }
  }

  private record LockView(VaultLock lock, boolean done, Instant now) implements View {
    @Override
    public void text(Page page) {
      page.line((done ? "locked: " : "would lock: ") + LockText.describe(lock, now));
      Confirmation.remind(page, done);
    }

    @Override
    public JsonNode json() {
      return Json.object().put("done", done).set("lock", LockText.json(lock, now));
    }
  }
}
