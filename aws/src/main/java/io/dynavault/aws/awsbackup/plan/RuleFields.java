// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import io.dynavault.aws.awsbackup.Lifecycle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads a rule of a document. */
final class RuleFields {
  /** AWS takes no shorter windows. */
  private static final Duration LEAST_WINDOW = Duration.ofMinutes(60);

  /** A hundred years. */
  private static final Duration LONGEST_WINDOW = Duration.ofDays(36_500);

  private static final int MAX_COPIES = 5;
  private static final int MAX_TAGS = 10;

  /** In place of a schedule that is wrong, to go on with. */
  private static final PlanSchedule SOME =
      new PlanSchedule("cron(0 5 ? * * *)", PlanSchedule.DEFAULT_ZONE);

  private RuleFields() {}

  static PlanRule read(YamlFields fields) {
    fields.requiredText("name");
    fields.requiredText("vault");
    Map<String, String> tags = fields.textMap("tags");
    Forms.requireAtMost(fields, "tags", tags.size(), MAX_TAGS);
    List<PlanCopy> copies = fields.list("copies").stream().map(RuleFields::copy).toList();
    Forms.requireAtMost(fields, "copies", copies.size(), MAX_COPIES);
    Forms.requireUnique(fields, "copies", copies, PlanCopy::vaultArn);
    PlanRule rule =
        new PlanRule(
            fields.value("name", Forms::name, ""),
            fields.value("vault", Forms::vault, ""),
            schedule(fields),
            window(fields, "start-window", PlanRule.DEFAULT_START_WINDOW),
            window(fields, "completion-window", PlanRule.DEFAULT_COMPLETION_WINDOW),
            lifecycle(fields),
            copies,
            tags);
    fields.end();
    return rule;
  }

  /** The schedule and its zone; both are checked together. */
  static PlanSchedule schedule(YamlFields fields) {
    fields.requiredText("schedule");
    String zone = fields.text("time-zone").orElse(PlanSchedule.DEFAULT_ZONE);
    return fields.value("schedule", text -> PlanSchedule.parse(text, zone), SOME);
  }

  private static PlanCopy copy(YamlFields fields) {
    fields.requiredText("vault");
    PlanCopy copy = new PlanCopy(fields.value("vault", Forms::vaultArn, ""), lifecycle(fields));
    fields.end();
    return copy;
  }

  private static Lifecycle lifecycle(YamlFields fields) {
    OptionalInt cold = fields.value("cold-after", Spans::days, OptionalInt.empty());
    OptionalInt delete = fields.value("delete-after", Spans::days, OptionalInt.empty());
    try {
      return new Lifecycle(cold, delete);
    } catch (IllegalArgumentException e) {
      fields.problem(fields.has("delete-after") ? "delete-after" : "cold-after", reason(e));
      return Lifecycle.FOR_EVER;
    }
  }

  private static Duration window(YamlFields fields, String name, Duration otherwise) {
    return fields.value(
        name,
        text -> {
          Duration window = Spans.parse(text);
          if (window.compareTo(LEAST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException(
                "'" + text + "' is not within 60min and 100 years, which AWS Backup takes");
          }
          return window;
        },
        otherwise);
  }

  private static String reason(IllegalArgumentException e) {
    return String.valueOf(e.getMessage());
  }
}
