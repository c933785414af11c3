// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.config.Config;
import io.dynavault.cli.config.ConfigOption;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.store.s3.S3Config.Addressing;
import io.dynavault.core.store.s3.S3Encryption;
import java.util.Optional;

/** How the settings say that S3 is reached: by the vault, and by the target of a copy. */
final class S3Settings {
  private final Config config;

  S3Settings(Config config) {
    this.config = requireNonNull(config, "config is null");
  }

  /** For the vault and all other locations. */
  S3Config ofVault() {
    S3Config s3 =
        S3Config.defaults()
            .withEncryption(
                encryption(
                    config.optional(ConfigOptions.S3_SSE),
                    config.optional(ConfigOptions.S3_SSE_KMS_KEY_ID)));
    Optional<String> region =
        config.optional(ConfigOptions.S3_REGION).or(() -> config.optional(ConfigOptions.REGION));
    s3 = region.map(s3::withRegion).orElse(s3);
    s3 = config.optional(ConfigOptions.S3_ENDPOINT_URL).map(s3::withEndpoint).orElse(s3);
    s3 = config.optional(ConfigOptions.PROFILE).map(s3::withProfile).orElse(s3);
    s3 = config.optional(ConfigOptions.S3_STORAGE_CLASS).map(s3::withStorageClass).orElse(s3);
    return config.value(ConfigOptions.S3_PATH_STYLE) ? s3.withAddressing(Addressing.PATH) : s3;
  }

  /** For the target of a copy: as for the vault, but for what is given. */
  S3Config ofTarget() {
    S3Config s3 = ofVault();
    s3 = config.optional(ConfigOptions.TARGET_S3_REGION).map(s3::withRegion).orElse(s3);
    s3 = config.optional(ConfigOptions.TARGET_S3_ENDPOINT_URL).map(s3::withEndpoint).orElse(s3);
    s3 = config.optional(ConfigOptions.TARGET_PROFILE).map(s3::withProfile).orElse(s3);
    s3 =
        config.optional(ConfigOptions.TARGET_S3_STORAGE_CLASS).map(s3::withStorageClass).orElse(s3);
    s3 =
        config
            .optional(ConfigOptions.TARGET_S3_PATH_STYLE)
            .map(path -> path ? Addressing.PATH : Addressing.AUTOMATIC)
            .map(s3::withAddressing)
            .orElse(s3);
    return isGiven(ConfigOptions.TARGET_S3_SSE) || isGiven(ConfigOptions.TARGET_S3_SSE_KMS_KEY_ID)
        ? s3.withEncryption(
            encryption(
                config.optional(ConfigOptions.TARGET_S3_SSE),
                config.optional(ConfigOptions.TARGET_S3_SSE_KMS_KEY_ID)))
        : s3;
  }

  private boolean isGiven(ConfigOption<?> option) {
    return config.optional(option).isPresent();
  }

  private static S3Encryption encryption(Optional<String> sse, Optional<String> key) {
    String algorithm = sse.orElse(key.isPresent() ? ConfigOptions.SSE_KMS : "");
    return switch (algorithm) {
      case ConfigOptions.SSE_KMS -> key.map(S3Encryption::kms).orElseGet(S3Encryption::kms);
      case ConfigOptions.SSE_S3 -> S3Encryption.s3Managed();
      default -> S3Encryption.bucketDefault();
    };
  }
}
