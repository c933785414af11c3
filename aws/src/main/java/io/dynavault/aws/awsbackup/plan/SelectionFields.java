// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import io.dynavault.aws.awsbackup.plan.PlanSelection.Condition;
import io.dynavault.aws.awsbackup.plan.PlanSelection.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads a selection of a document. */
final class SelectionFields {
  private static final int MAX_RESOURCES = 500;
  private static final int MAX_WILDCARDS = 30;
  private static final int MAX_CONDITIONS = 30;

  private SelectionFields() {}

  static PlanSelection read(YamlFields fields) {
    fields.requiredText("name");
    fields.requiredText("role");
    String role = fields.value("role", Forms::role, "");
    List<String> resources = all(fields, "resources", text -> Forms.resource(text, role));
    List<String> notResources = all(fields, "not-resources", text -> Forms.resource(text, role));
    List<PlanSelection.Tag> tags = all(fields, "tags", Forms::tag);
    List<Condition> conditions =
        fields.list("conditions").stream().flatMap(c -> condition(c).stream()).toList();
    requireLimits(fields, "resources", resources);
    requireLimits(fields, "not-resources", notResources);
    Forms.requireAtMost(fields, "tags", tags.size(), MAX_CONDITIONS);
    Forms.requireAtMost(fields, "conditions", conditions.size(), MAX_CONDITIONS);
    if (!fields.has("resources") && !fields.has("tags")) {
      fields.problem("it selects nothing: give 'resources', 'tags' or both");
    } else if (resources.isEmpty() && tags.isEmpty()) {
      fields.problem("resources", "it selects nothing");
    }
    PlanSelection selection =
        new PlanSelection(
            fields.value("name", Forms::name, ""), role, resources, notResources, tags, conditions);
    fields.end();
    return selection;
  }

  private static <T> List<T> all(YamlFields fields, String name, Function<String, T> parser) {
    List<T> values = new ArrayList<>();
    for (String text : fields.texts(name)) {
      try {
        values.add(parser.apply(text));
      } catch (IllegalArgumentException e) {
        fields.problem(name, String.valueOf(e.getMessage()));
      }
    }
    return values;
  }

  private static void requireLimits(YamlFields fields, String name, List<String> resources) {
    long wildcards = resources.stream().filter(arn -> arn.contains("*")).count();
    if (wildcards > MAX_WILDCARDS) {
      fields.problem(
          name, wildcards + " with wildcards are more than AWS Backup takes, " + MAX_WILDCARDS);
    }
    Forms.requireAtMost(fields, name, resources.size(), MAX_RESOURCES);
  }

  private static List<Condition> condition(YamlFields fields) {
    String tag = fields.requiredText("tag");
    List<Condition> found = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      fields
          .text(operator.text())
          .ifPresent(value -> found.add(new Condition(operator, tag, value)));
    }
    if (found.size() != 1) {
      fields.problem("it needs one of 'equals', 'not-equals', 'like' and 'not-like'");
    }
    fields.end();
    return found;
  }
}
