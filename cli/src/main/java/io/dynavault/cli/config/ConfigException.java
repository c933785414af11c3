// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.Serial;
import java.util.List;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class ConfigException extends DynavaultException {
  @Serial private static final long serialVersionUID = 1L;

  private final List<String> problems;

  ConfigException(List<String> problems) {
    super(ErrorCode.CONFIG_INVALID, message(problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence per problem. */
  public List<String> problems() {
    return problems;
  }

  private static String message(List<String> problems) {
    return problems.size() == 1
        ? "invalid configuration: " + problems.get(0)
        : "invalid configuration, " + problems.size() + " problems: " + String.join("; ", problems);
  }
}
