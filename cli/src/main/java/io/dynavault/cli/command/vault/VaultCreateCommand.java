// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.vault.VaultConfig;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a location a vault. */
@Command(
    name = "create",
    description = {
      "Creates a vault.",
      "A vault is a folder or a bucket prefix that holds recovery points. The bucket has to exist."
    })
@CommandTraits(
    examples = {
      "dynavault vault create --vault s3://my-backups/vault --name main",
      "dynavault vault create --vault ./vault --if-not-exists"
    },
    exits = {ExitStatus.ACCESS_DENIED, ExitStatus.CONFLICT, ExitStatus.UNAVAILABLE})
final class VaultCreateCommand implements CliCommand {
  private static final int MAX_NAME = 50;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "name of the vault; without it the last part of its location")
  private @Nullable String name;

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "tag of the vault; can be given several times")
  private Map<String, String> tags = Map.of();

  @Option(names = "--if-not-exists", description = "do nothing where there is a vault already")
  private boolean ifNotExists;

  @Override
  public ExitStatus run(Session session) {
    StoreLocation location = session.wiring().vaultLocation();
    VaultConfig config = config(session, location);
    try (OpenVault open = session.wiring().createVault(config)) {
      session.output().show(new Created(open.vault().config(), location.toString(), true));
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.VAULT_EXISTS || !ifNotExists) {
        throw e;
      }
      try (OpenVault open = session.wiring().openVault()) {
        session.output().show(new Created(open.vault().config(), location.toString(), false));
      }
    }
    return ExitStatus.OK;
  }

  private VaultConfig config(Session session, StoreLocation location) {
    String wanted = Optional.ofNullable(name).orElseGet(() -> lastPart(location));
    try {
      return new VaultConfig(newId(session), wanted, session.now(), tags, Version.current());
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to create vault '" + wanted + "': " + e.getMessage(),
          "choose a name with --name");
    }
  }

  /** A random UUID of version 4 (RFC 9562) from the injected source of chance. */
  private static UUID newId(Session session) {
    RandomGenerator random = session.context().timing().random();
    long version = 0x4000L;
    long variant = 0x8000_0000_0000_0000L;
    return new UUID((random.nextLong() & ~0xF000L) | version, (random.nextLong() >>> 2) | variant);
  }

  private static String lastPart(StoreLocation location) {
    String text = location.toString().replaceFirst("/+$", "");
    String last = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1);
    String allowed = last.replaceAll("[^a-zA-Z0-9_-]+", "-");
    return allowed.substring(0, Math.min(allowed.length(), MAX_NAME));
  }

  private record Created(VaultConfig vault, String location, boolean isNew) implements View {
    @Override
    public void text(Page page) {
      page.line(
          "%s vault '%s' at %s", isNew ? "created" : "there is already", vault.name(), location);
    }

    @Override
    public JsonNode json() {
      return Json.object()
          .put("name", vault.name())
          .put("id", vault.id().toString())
          .put("location", location)
          .put("created", Json.time(vault.created()))
          .put("isNew", isNew)
          .set("tags", Json.texts(vault.tags()));
    }
  }
}
