// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;
import io.dynavault.core.vault.LockLog;
import io.dynavault.core.vault.LockState;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes the lock of a vault. */
@Command(
    name = "unlock",
    description = {
      "Removes the lock of a vault.",
      "A compliance lock that is final stays. Prints what it would do; acts with --confirm."
    })
@CommandTraits(
    examples = {"dynavault vault unlock --vault ./vault --confirm"},
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class VaultUnlockCommand implements CliCommand {
  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) {
    try (OpenVault open = session.wiring().openVault()) {
      LockLog log = open.vault().lockLog();
      LockState before = log.state();
      boolean acts = confirmation.isGiven();
      if (acts) {
        log.unlock();
      }
      session.output().show(new UnlockView(before, acts, session.now()));
      return ExitStatus.OK;
    }
  }

  private record UnlockView(LockState before, boolean done, Instant now) implements View {
    @Override
    public void text(Page page) {
      if (before.lock().isEmpty()) {
        page.line("the vault is not locked");
        return;
      }
      page.line((done ? "removed the lock: " : "would remove: ") + LockText.describe(before, now));
      Confirmation.remind(page, done);
    }

    @Override
    public JsonNode json() {
      ObjectNode json = Json.object().put("done", done);
      before.lock().ifPresent(lock -> json.set("lock", LockText.json(lock, now)));
      return json;
    }
  }
}
