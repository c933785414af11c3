// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The environment variables of a function. One that is empty is not set. */
public final class Settings {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Map<String, String> variables;

  public Settings(Map<String, String> variables) {
    this.variables = requireNonNull(variables, "variables is null");
  }

  /** The value, if there is one. */
  public Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** The value, or what is taken where there is none. */
  public String text(String name, String byDefault) {
    return optional(name).orElse(byDefault);
  }

  /**
   * A value that has to be there.
   *
   * @throws DynavaultException {@code CONFIG_INVALID} if it is not
   */
  public String required(String name) {
    return optional(name)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.CONFIG_INVALID,
                    "unable to read the function's settings: %s is not set".formatted(name),
                    "set the environment variable " + name));
  }

  /**
   * A whole number.
   *
   * @throws DynavaultException {@code CONFIG_INVALID} if it is none, or less than {@code least}
   */
  public int number(String name, int byDefault, int least) {
    Optional<String> text = optional(name);
    if (text.isEmpty()) {
      return byDefault;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw invalid(name, "it is not a whole number from %d on".formatted(least));
  }

  /**
   * The strings of a JSON array; none where it is not set.
   *
   * @throws DynavaultException {@code CONFIG_INVALID} if it is something else
   */
  public List<String> list(String name) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : array(name)) {
      if (!value.isTextual()) {
        throw invalid(name, "it is not a JSON array of strings, such as [\"orders\"]");
      }
      values.add(value.textValue());
    }
    return values;
  }

  private JsonNode array(String name) {
    try {
      JsonNode node = MAPPER.readTree(text(name, "[]"));
      if (node.isArray()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw invalid(name, "it is not a JSON array of strings, such as [\"orders\"]");
  }

  /** What is wrong with a variable. */
  public static DynavaultException invalid(String name, String reason) {
    return new DynavaultException(
        ErrorCode.CONFIG_INVALID,
        "unable to use the setting '%s': %s".formatted(name, reason),
        "correct the environment variable " + name);
  }
}
