// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.aws.awsbackup.VaultNotifications;
import io.dynavault.aws.awsbackup.VaultPolicy;
import io.dynavault.aws.awsbackup.VaultRetention;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes plan documents; {@link DocumentReader} reads the same back. */
public final class DocumentWriter {
  private static final int WIDTH = 200;

  private DocumentWriter() {}

  /** The document as YAML. What AWS takes anyway where nothing is said is left out. */
  public static String write(PlanDocument document) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("plan", document.name());
    root.put("method", DocumentReader.METHOD);
    document.tags().value().ifPresent(tags -> root.put("tags", new TreeMap<>(tags)));
    root.put("rules", document.rules().stream().map(DocumentWriter::rule).toList());
    putUnlessEmpty(
        root, "selections", document.selections().stream().map(DocumentWriter::selection).toList());
    putUnlessEmpty(root, "vaults", document.vaults().stream().map(DocumentWriter::vault).toList());
    putUnlessEmpty(
        root,
        "restore-tests",
        document.restoreTests().stream().map(DocumentWriter::restoreTest).toList());
    Map<String, Object> removals = new LinkedHashMap<>();
    putUnlessEmpty(removals, "selections", document.removals().selections());
    putUnlessEmpty(removals, "restore-tests", document.removals().restoreTests());
    if (!removals.isEmpty()) {
      root.put("delete", removals);
    }
    return yaml().dump(root);
  }

  private static Yaml yaml() {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndent(4);
    options.setIndentWithIndicator(false);
    options.setWidth(WIDTH);
    options.setSplitLines(false);
    options.setDereferenceAliases(true); // the reader knows none
    return new Yaml(options);
  }

  private static Map<String, Object> rule(PlanRule rule) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", rule.name());
    map.put("vault", rule.vault());
    put(map, rule.schedule());
    if (!rule.startWindow().equals(PlanRule.DEFAULT_START_WINDOW)) {
      map.put("start-window", Spans.text(rule.startWindow()));
    }
    if (!rule.completionWindow().equals(PlanRule.DEFAULT_COMPLETION_WINDOW)) {
      map.put("completion-window", Spans.text(rule.completionWindow()));
    }
    put(map, rule.lifecycle());
    putUnlessEmpty(map, "tags", rule.tags());
    putUnlessEmpty(map, "copies", rule.copies().stream().map(DocumentWriter::copy).toList());
    return map;
  }

  private static Map<String, Object> copy(PlanCopy copy) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("vault", copy.vaultArn());
    put(map, copy.lifecycle());
    return map;
  }

  private static Map<String, Object> selection(PlanSelection selection) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", selection.name());
    map.put("role", selection.role());
    putUnlessEmpty(map, "resources", selection.resources());
    putUnlessEmpty(map, "not-resources", selection.notResources());
    putUnlessEmpty(map, "tags", selection.tags().stream().map(Object::toString).toList());
    putUnlessEmpty(
        map, "conditions", selection.conditions().stream().map(DocumentWriter::condition).toList());
    return map;
  }

  private static Map<String, Object> condition(PlanSelection.Condition condition) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("tag", condition.tag());
    map.put(condition.operator().text(), condition.value());
    return map;
  }

  private static Map<String, Object> vault(PlanVault vault) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", vault.name());
    vault.key().ifPresent(key -> map.put("key", key));
    vault.tags().value().ifPresent(tags -> map.put("tags", new TreeMap<>(tags)));
    put(map, "lock", vault.lock(), DocumentWriter::lock);
    put(map, "policy", vault.policy(), VaultPolicy::readable);
    put(map, "notifications", vault.notifications(), DocumentWriter::notifications);
    return map;
  }

  private static Map<String, Object> lock(VaultRetention lock) {
    Map<String, Object> map = new LinkedHashMap<>();
    putDays(map, "min-retention", lock.minDays());
    putDays(map, "max-retention", lock.maxDays());
    putDays(map, "changeable-for", lock.changeableDays());
    return map;
  }

  private static Map<String, Object> notifications(VaultNotifications notifications) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("topic", notifications.topic());
    map.put("events", notifications.events());
    return map;
  }

  private static Map<String, Object> restoreTest(RestoreTest test) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", test.name());
    put(map, test.schedule());
    if (test.startWindowHours() != RestoreTest.DEFAULT_START_WINDOW_HOURS) {
      map.put("start-window", test.startWindowHours() + "h");
    }
    map.put("pick", test.pick().text());
    map.put("vaults", test.includeVaults());
    putUnlessEmpty(map, "not-vaults", test.excludeVaults());
    if (test.windowDays() != RestoreTest.DEFAULT_WINDOW_DAYS) {
      map.put("not-older-than", test.windowDays() + "d");
    }
    putUnlessEmpty(
        map, "selections", test.selections().stream().map(DocumentWriter::testSelection).toList());
    return map;
  }

  private static Map<String, Object> testSelection(RestoreTest.Selection selection) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", selection.name());
    map.put("role", selection.role());
    map.put("resources", selection.resources());
    putUnlessEmpty(map, "tags", selection.equal());
    putUnlessEmpty(map, "not-tags", selection.notEqual());
    putUnlessEmpty(map, "metadata", selection.overrides());
    if (selection.validationWindowHours() != 0) {
      map.put("keep-for", selection.validationWindowHours() + "h");
    }
    return map;
  }

  private static void put(Map<String, Object> map, PlanSchedule schedule) {
    map.put("schedule", schedule.expression());
    if (!schedule.zone().equals(PlanSchedule.DEFAULT_ZONE)) {
      map.put("time-zone", schedule.zone());
    }
  }

  private static void put(Map<String, Object> map, Lifecycle lifecycle) {
    putDays(map, "cold-after", lifecycle.coldAfterDays());
    putDays(map, "delete-after", lifecycle.deleteAfterDays());
  }

  private static <T> void put(
      Map<String, Object> map, String name, Wanted<T> wanted, Function<T, Object> form) {
    switch (wanted.kind()) {
      case AS_IT_IS -> {}
      case NONE -> map.put(name, "none");
      case VALUE -> map.put(name, form.apply(wanted.value().orElseThrow()));
    }
  }

  private static void putDays(Map<String, Object> map, String name, OptionalInt days) {
    if (days.isPresent()) {
      map.put(name, days.getAsInt() + "d");
    }
  }

  private static void putUnlessEmpty(Map<String, Object> map, String name, List<?> list) {
    if (!list.isEmpty()) {
      map.put(name, list);
    }
  }

  private static void putUnlessEmpty(
      Map<String, Object> map, String name, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      map.put(name, new TreeMap<>(texts));
    }
  }
}
