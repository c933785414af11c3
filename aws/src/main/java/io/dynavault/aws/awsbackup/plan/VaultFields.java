// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import io.dynavault.aws.awsbackup.VaultNotifications;
import io.dynavault.aws.awsbackup.VaultPolicy;
import io.dynavault.aws.awsbackup.VaultRetention;
import io.dynavault.core.error.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a vault of a document. */
final class VaultFields {
  private static final String NONE = "none";
  private static final String DENY_DELETION = "deny-deletion";

  private VaultFields() {}

  static PlanVault read(YamlFields fields) {
    fields.requiredText("name");
    Wanted<Map<String, String>> tags =
        fields.node("tags").isPresent() ? Wanted.of(fields.textMap("tags")) : Wanted.asItIs();
    PlanVault vault =
        new PlanVault(
            fields.value("name", Forms::vault, ""),
            fields.value("key", Forms::key),
            tags,
            unlessNone(fields, "lock", VaultFields::lock),
            policy(fields),
            unlessNone(fields, "notifications", VaultFields::notifications));
    fields.end();
    return vault;
  }

  private static <T> Wanted<T> unlessNone(
      YamlFields fields, String name, Function<YamlFields, Optional<T>> reader) {
    Optional<Node> node = fields.node(name);
    if (node.isEmpty()) {
      return Wanted.asItIs();
    }
    if (isNone(node.get())) {
      return Wanted.none();
    }
    return fields.fields(name).flatMap(reader).map(Wanted::of).orElseGet(Wanted::asItIs);
  }

  private static boolean isNone(Node node) {
    return node instanceof ScalarNode scalar && scalar.getValue().equals(NONE);
  }

  private static Optional<VaultRetention> lock(YamlFields fields) {
    OptionalInt min = days(fields, "min-retention");
    OptionalInt max = days(fields, "max-retention");
    OptionalInt changeable = days(fields, "changeable-for");
    fields.end();
    if (min.isEmpty() && max.isEmpty()) {
      fields.problem("a lock needs 'min-retention' or 'max-retention'");
    }
    try {
      return Optional.of(new VaultRetention(min, max, changeable));
    } catch (IllegalArgumentException e) {
      fields.problem(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static OptionalInt days(YamlFields fields, String name) {
    return fields.value(name, Spans::wholeDays).map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  private static Optional<VaultNotifications> notifications(YamlFields fields) {
    fields.requiredText("topic");
    String topic = fields.value("topic", Forms::topic, "");
    List<String> events =
        fields.node("events").isPresent()
            ? fields.texts("events")
            : VaultNotifications.DEFAULT_EVENTS;
    for (String event : events) {
      if (!VaultNotifications.JOB_EVENTS.contains(event)) {
        fields.problem(
            "events",
            "'"
                + event
                + "' is not an event that AWS sends for tables"
                + Suggestion.phrase(event, VaultNotifications.JOB_EVENTS));
      }
    }
    if (events.isEmpty()) {
      fields.problem("events", "it needs an event");
    }
    fields.end();
    return events.isEmpty() ? Optional.empty() : Optional.of(new VaultNotifications(topic, events));
  }

  private static Wanted<String> policy(YamlFields fields) {
    Optional<Node> node = fields.node("policy");
    if (node.isEmpty()) {
      return Wanted.asItIs();
    }
    if (isNone(node.get())) {
      return Wanted.none();
    }
    try {
      return Wanted.of(policy(node.get()));
    } catch (IllegalArgumentException e) {
      fields.problem("policy", String.valueOf(e.getMessage()));
      return Wanted.asItIs();
    }
  }

  private static String policy(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      return VaultPolicy.normal(YamlJson.text(node));
    }
    return scalar.getValue().equals(DENY_DELETION)
        ? VaultPolicy.denyDeletion(List.of())
        : VaultPolicy.normal(scalar.getValue());
  }
}
