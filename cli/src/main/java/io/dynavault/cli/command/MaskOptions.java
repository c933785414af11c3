// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import io.dynavault.cli.config.ConfigVariables;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.masking.ItemMask;
import io.dynavault.core.masking.MaskingRules;
import io.dynavault.core.masking.MaskingSalt;
import io.dynavault.core.restore.ItemsFingerprint;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeySchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Takes data out of items on the way. */
public final class MaskOptions {
  private static final int MAX_SALT_BYTES = 4096;

  @Option(
      names = "--mask",
      paramLabel = "RULE",
      description = {
        "change attributes on the way: drop:PATH, hash:PATH or",
        "replace:PATH=VALUE; can be given several times;",
        "hashes depend on a secret of 16 bytes or more in " + ConfigVariables.MASKING_SALT
      })
  private List<String> rules = List.of();

  @Option(
      names = "--masking-salt-file",
      paramLabel = "FILE",
      description = "file with that secret, in place of the environment variable")
  private @Nullable String saltFile;

  /** Whether anything is changed. */
  public boolean isUsed() {
    return !rules.isEmpty();
  }

  /** What is done to every item; empty where nothing is. */
  public Optional<UnaryOperator<Item>> transform(KeySchema schema, CliContext context) {
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    String salt = salt(context);
    MaskingRules parsed =
        salt.isEmpty()
            ? MaskingRules.parse(rules)
            : MaskingRules.parse(rules, MaskingSalt.of(salt));
    ItemMask mask = parsed.forTable(schema);
    return Optional.of(mask::apply);
  }

  /** Takes the rules, and the salt that they depend on, into a fingerprint. */
  public void addTo(ItemsFingerprint fingerprint, CliContext context) {
    if (!rules.isEmpty()) {
      rules.forEach(rule -> fingerprint.add("mask", rule));
      fingerprint.add("salt", salt(context));
    }
  }

  private String salt(CliContext context) {
    if (saltFile == null) {
      return context.environment().getOrDefault(ConfigVariables.MASKING_SALT, "");
    }
    try (InputStream in = Files.newInputStream(context.workingDirectory().resolve(saltFile))) {
      return new String(in.readNBytes(MAX_SALT_BYTES), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new DynavaultException(
          ErrorCode.CONFIG_INVALID,
          "unable to read the masking salt from '" + saltFile + "'",
          "name a file that exists and may be read",
          e);
    }
  }
}
