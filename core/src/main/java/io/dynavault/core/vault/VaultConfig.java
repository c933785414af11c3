// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a vault says of itself in {@code vault.json}. Written once, when it is created.
 *
 * @param name 1 to 50 characters of {@code a-z A-Z 0-9 _ -}, as AWS Backup allows for vaults
 * @param created by the clock of the creator
 * @param toolVersion version that wrote it
 */
public record VaultConfig(
    UUID id, String name, Instant created, Map<String, String> tags, String toolVersion) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,50}");

  public VaultConfig {
    requireNonNull(id, "id is null");
    requireNonNull(created, "created is null");
    tags = Map.copyOf(tags);
    requireNonNull(toolVersion, "toolVersion is null");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a vault's name has 1 to 50 characters of a-z, A-Z, 0-9, '_' and '-'");
    }
  }
}
