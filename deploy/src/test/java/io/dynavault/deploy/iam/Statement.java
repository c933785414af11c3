// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.iam;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A statement of a policy. */
public record Statement(
    boolean allows,
    List<String> actions,
    List<String> notActions,
    List<String> resources,
    List<String> notResources,
    Conditions conditions,
    String principal) {

  static Statement of(Map<?, ?> json) {
    return new Statement(
        json.get("Effect").equals("Allow"),
        strings(json.get("Action")),
        strings(json.get("NotAction")),
        strings(json.get("Resource")),
        strings(json.get("NotResource")),
        Conditions.of(json.containsKey("Condition") ? (Map<?, ?>) json.get("Condition") : Map.of()),
        Objects.toString(json.get("Principal"), "").replaceAll("[\\[\\]]", ""));
  }

  static List<String> strings(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list
        ? list.stream().map(Object::toString).toList()
        : List.of(value.toString());
  }

  boolean covers(String action, String resource, Map<String, String> context) {
    return (actions.stream().anyMatch(a -> Wildcard.matchesIgnoringCase(a, action))
            || (!notActions.isEmpty()
                && notActions.stream().noneMatch(a -> Wildcard.matchesIgnoringCase(a, action))))
        && (resources.stream().anyMatch(r -> Wildcard.matches(r, resource))
            || (!notResources.isEmpty()
                && notResources.stream().noneMatch(r -> Wildcard.matches(r, resource))))
        && conditions.hold(context);
  }

  /** Each action on each resource in a line, so that statements can be cut differently. */
  Set<String> lines() {
    Set<String> lines = new TreeSet<>();
    String suffix =
        (principal.isEmpty() ? "" : " for " + principal)
            + (conditions.operators().isEmpty() ? "" : " if " + conditions.operators());
    for (String resource : resources.isEmpty() ? List.of("itself") : resources) {
      lines.addAll(
          actions.stream()
              .map(action -> (allows ? "allow " : "deny ") + action + " on " + resource + suffix)
              .collect(Collectors.toSet()));
    }
    return lines;
  }
}
