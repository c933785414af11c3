// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.aws.awsbackup.VaultNotifications;
import io.dynavault.aws.awsbackup.VaultRetention;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/** Objects as texts by the path of each field, which is how they are compared and shown. */
final class ObjectFields {
  private ObjectFields() {}

  static Map<String, String> ofRules(List<PlanRule> rules) {
    Map<String, String> fields = new TreeMap<>();
    for (PlanRule rule : rules) {
      String path = "rules." + rule.name() + ".";
      fields.put(path + "vault", rule.vault());
      fields.put(path + "schedule", rule.schedule().expression());
      fields.put(path + "time-zone", rule.schedule().zone());
      fields.put(path + "start-window", Spans.text(rule.startWindow()));
      fields.put(path + "completion-window", Spans.text(rule.completionWindow()));
      put(fields, path, rule.lifecycle());
      putAll(fields, path + "tags.", rule.tags());
      for (PlanCopy copy : rule.copies()) {
        String copyPath = path + "copies." + copy.vaultArn();
        fields.put(copyPath, "copied");
        put(fields, copyPath + ".", copy.lifecycle());
      }
    }
    return fields;
  }

  static Map<String, String> of(PlanSelection selection) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("role", selection.role());
    putList(fields, "resources", selection.resources());
    putList(fields, "not-resources", selection.notResources());
    putList(fields, "tags", selection.tags());
    putList(fields, "conditions", selection.conditions());
    return fields;
  }

  /**
   * @param like the document's vault, which says what matters
   */
  static Map<String, String> of(PlanVault vault, PlanVault like) {
    Map<String, String> fields = new TreeMap<>();
    if (like.tags().kind() != Wanted.Kind.AS_IT_IS) {
      putAll(fields, "tags.", vault.tags().value().orElse(Map.of()));
    }
    if (like.lock().kind() != Wanted.Kind.AS_IT_IS) {
      vault.lock().value().ifPresent(lock -> put(fields, lock));
    }
    if (like.policy().kind() != Wanted.Kind.AS_IT_IS) {
      vault.policy().value().ifPresent(policy -> fields.put("policy", policy));
    }
    if (like.notifications().kind() != Wanted.Kind.AS_IT_IS) {
      vault.notifications().value().ifPresent(found -> put(fields, found));
    }
    return fields;
  }

  static Map<String, String> of(RestoreTest test) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("schedule", test.schedule().expression());
    fields.put("time-zone", test.schedule().zone());
    fields.put("start-window", test.startWindowHours() + "h");
    fields.put("pick", test.pick().text());
    putList(fields, "vaults", test.includeVaults());
    putList(fields, "not-vaults", test.excludeVaults());
    fields.put("not-older-than", test.windowDays() + "d");
    return fields;
  }

  static Map<String, String> of(RestoreTest.Selection selection) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("role", selection.role());
    putList(fields, "resources", selection.resources());
    putAll(fields, "tags.", selection.equal());
    putAll(fields, "not-tags.", selection.notEqual());
    putAll(fields, "metadata.", selection.overrides());
    fields.put("keep-for", selection.validationWindowHours() + "h");
    return fields;
  }

  /** The fields that differ. */
  static List<ObjectChange.Field> differences(
      Map<String, String> before, Map<String, String> after) {
    TreeSet<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    List<ObjectChange.Field> fields = new ArrayList<>();
    for (String path : paths) {
      Optional<String> old = Optional.ofNullable(before.get(path));
      Optional<String> wanted = Optional.ofNullable(after.get(path));
      if (!old.equals(wanted)) {
        fields.add(new ObjectChange.Field(path, old, wanted));
      }
    }
    return fields;
  }

  private static void put(Map<String, String> fields, String path, Lifecycle lifecycle) {
    put(fields, path + "cold-after", lifecycle.coldAfterDays());
    put(fields, path + "delete-after", lifecycle.deleteAfterDays());
  }

  private static void put(Map<String, String> fields, VaultRetention lock) {
    fields.put("lock.mode", lock.changeableDays().isPresent() ? "compliance" : "governance");
    put(fields, "lock.min-retention", lock.minDays());
    put(fields, "lock.max-retention", lock.maxDays());
  }

  private static void put(Map<String, String> fields, VaultNotifications notifications) {
    fields.put("notifications.topic", notifications.topic());
    putList(fields, "notifications.events", notifications.events());
  }

  private static void put(Map<String, String> fields, String path, OptionalInt days) {
    if (days.isPresent()) {
      fields.put(path, days.getAsInt() + "d");
    }
  }

  private static void putList(Map<String, String> fields, String path, List<?> values) {
    if (!values.isEmpty()) {
      fields.put(path, String.join(", ", values.stream().map(String::valueOf).toList()));
    }
  }

  private static void putAll(Map<String, String> fields, String path, Map<String, String> values) {
    values.forEach((name, value) -> fields.put(path + name, value));
  }
}
