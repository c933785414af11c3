// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import io.dynavault.aws.awsbackup.Lifecycle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Lifecycle lifecycle = lifecycle(fields);
    List<PlanCopy> copies =
        fields.list("copies").stream().map(copy -> copy(copy, lifecycle)).toList();
    Forms.requireAtMost(fields, "copies", copies.size(), MAX_COPIES);
    Forms.requireUnique(fields, "copies", copies, PlanCopy::vaultArn);
    PlanRule rule =
        new PlanRule(
            fields.value("name", Forms::name, ""),
            fields.value("vault", Forms::vault, ""),
            schedule(fields),
            window(fields, "start-window", PlanRule.DEFAULT_START_WINDOW),
            window(fields, "completion-window", PlanRule.DEFAULT_COMPLETION_WINDOW),
            lifecycle,
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

  /** For AWS, a copy that is never deleted is one that is deleted with its source. */
  private static PlanCopy copy(YamlFields fields, Lifecycle ofSource) {
    fields.requiredText("vault");
    boolean never = fields.text("delete-after").map(String::strip).equals(Optional.of("never"));
    if (never && ofSource.deleteAfterDays().isPresent()) {
      fields.problem(
          "delete-after",
          "AWS Backup takes 'never' for as long as the source, %d days: write 36500d"
              .formatted(ofSource.deleteAfterDays().getAsInt()));
    }
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
