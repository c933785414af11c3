// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A policy document. */
public record Policy(List<Statement> statements) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A policy from its parsed JSON. */
  public static Policy of(Map<?, ?> document) {
    return new Policy(
        ((List<?>) document.get("Statement"))
            .stream().map(statement -> Statement.of((Map<?, ?>) statement)).toList());
  }

  /** A policy from its JSON. */
  public static Policy parse(String json) {
    try {
      return of(JSON.readValue(json, Map.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** A policy from a file. */
  public static Policy read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /** Whether a principal with this policy, and no other, may do something. */
  public boolean allows(String action, String resource, Map<String, String> context) {
    List<Statement> covering =
        statements.stream().filter(s -> s.covers(action, resource, context)).toList();
    return !covering.isEmpty() && covering.stream().allMatch(Statement::allows);
  }

  /** As above, of a request without any condition keys. */
  public boolean allows(String action, String resource) {
    return allows(action, resource, Map.of());
  }

  /** Every action that an allowing statement names. */
  public Set<String> allowedActions() {
    return statements.stream()
        .filter(Statement::allows)
        .flatMap(s -> s.actions().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the policy says, in lines that do not depend on how it is cut into statements. */
  public Set<String> lines() {
    return statements.stream()
        .flatMap(s -> s.lines().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
