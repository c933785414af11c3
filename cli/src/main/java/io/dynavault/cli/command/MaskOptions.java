// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.masking.ItemMask;
import io.dynavault.core.masking.MaskingRules;
import io.dynavault.core.masking.MaskingSalt;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeySchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** Takes data out of items on the way. */
public final class MaskOptions {
  @Option(
      names = "--mask",
      paramLabel = "RULE",
      description = {
        "change attributes on the way: drop:PATH, hash:PATH, replace:PATH=VALUE; can be given"
            + " several times",
        "hashes depend on a secret of 16 bytes or more in " + ConfigOptions.MASKING_SALT_VARIABLE
      })
  private List<String> rules = List.of();

  /** What is done to every item; empty where nothing is. */
  public Optional<UnaryOperator<Item>> transform(
      KeySchema schema, Map<String, String> environment) {
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    String salt = environment.getOrDefault(ConfigOptions.MASKING_SALT_VARIABLE, "");
    MaskingRules parsed =
        salt.isEmpty()
            ? MaskingRules.parse(rules)
            : MaskingRules.parse(rules, MaskingSalt.of(salt));
    ItemMask mask = parsed.forTable(schema);
    return Optional.of(mask::apply);
  }
}
