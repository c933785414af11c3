// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import java.util.List;

/** Names of environment variables: what those of the options begin with, and the others. */
public final class ConfigVariables {
  /** Holds the secret that hashes of masked values depend on; there is no other way to give it. */
  public static final String MASKING_SALT = "DYNAVAULT_MASKING_SALT";

  static final String PREFIX = "DYNAVAULT_";

  /** Those that are no settings: the launcher's, and the secret one. */
  static final List<String> OTHERS =
      List.of(
          "DYNAVAULT_JAVA_HOME",
          "DYNAVAULT_JAVA_OPTS",
          "DYNAVAULT_SERVERS",
          "DYNAVAULT_CLASS_DATA",
          MASKING_SALT);

  private ConfigVariables() {}
}
