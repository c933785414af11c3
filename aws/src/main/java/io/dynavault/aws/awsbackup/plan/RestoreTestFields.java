// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import io.dynavault.aws.awsbackup.plan.RestoreTest.Pick;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a restore test of a document. */
final class RestoreTestFields {
  private static final int MAX_WINDOW_HOURS = 168;
  private static final int MAX_WINDOW_DAYS = 365;
  private static final int MAX_RESOURCES = 30;
  private static final int MAX_SELECTIONS = 30;

  private RestoreTestFields() {}

  static RestoreTest read(YamlFields fields) {
    fields.requiredText("name");
    List<RestoreTest.Selection> selections =
        fields.list("selections").stream().map(RestoreTestFields::selection).toList();
    Forms.requireAtMost(fields, "selections", selections.size(), MAX_SELECTIONS);
    Forms.requireUnique(fields, "selections", selections, RestoreTest.Selection::name);
    RestoreTest test =
        new RestoreTest(
            fields.value("name", Forms::testName, ""),
            RuleFields.schedule(fields),
            fields.value(
                "start-window",
                text -> within(Spans.wholeHours(text), 1, MAX_WINDOW_HOURS, "hours"),
                RestoreTest.DEFAULT_START_WINDOW_HOURS),
            fields.value("pick", RestoreTestFields::pick, Pick.LATEST),
            vaults(fields, "vaults", List.of("*")),
            vaults(fields, "not-vaults", List.of()),
            fields.value(
                "not-older-than",
                text -> within(Spans.wholeDays(text), 1, MAX_WINDOW_DAYS, "days"),
                RestoreTest.DEFAULT_WINDOW_DAYS),
            selections);
    fields.end();
    return test;
  }

  private static RestoreTest.Selection selection(YamlFields fields) {
    fields.requiredText("name");
    fields.requiredText("role");
    List<String> resources = resources(fields);
    Map<String, String> equal = fields.textMap("tags");
    Map<String, String> notEqual = fields.textMap("not-tags");
    if (!resources.equals(List.of("*")) && !(equal.isEmpty() && notEqual.isEmpty())) {
      fields.problem("tags select tables only where resources is '*'");
    }
    RestoreTest.Selection selection =
        new RestoreTest.Selection(
            fields.value("name", Forms::testName, ""),
            fields.value("role", Forms::role, ""),
            resources,
            equal,
            notEqual,
            fields.textMap("metadata"),
            fields.value(
                "keep-for",
                text -> within(Spans.wholeHours(text), 0, MAX_WINDOW_HOURS, "hours"),
                0));
    fields.end();
    return selection;
  }

  private static List<String> resources(YamlFields fields) {
    List<String> resources =
        fields.node("resources").isPresent() ? fields.texts("resources") : List.of("*");
    if (resources.size() > 1 && resources.contains("*")) {
      fields.problem("resources", "'*' stands alone");
    }
    for (String resource : resources) {
      if (!resource.equals("*") && !resource.startsWith("arn:")) {
        fields.problem("resources", "'" + resource + "' is neither '*' nor the ARN of a table");
      }
    }
    if (resources.isEmpty()) {
      fields.problem("resources", "it selects nothing");
    }
    Forms.requireAtMost(fields, "resources", resources.size(), MAX_RESOURCES);
    return resources;
  }

  private static List<String> vaults(YamlFields fields, String name, List<String> otherwise) {
    if (fields.node(name).isEmpty()) {
      return otherwise;
    }
    List<String> vaults = new ArrayList<>();
    for (String text : fields.texts(name)) {
      if (!text.equals("*") && !text.startsWith("arn:")) {
        fields.problem(name, "'" + text + "' is neither '*' nor the ARN of a vault");
      }
      vaults.add(text);
    }
    return vaults;
  }

  private static Pick pick(String text) {
    for (Pick pick : Pick.values()) {
      if (pick.text().equals(text)) {
        return pick;
      }
    }
    throw new IllegalArgumentException("'" + text + "' is neither latest nor random");
  }

  private static int within(int value, int least, int most, String unit) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          value + " " + unit + " are not within " + least + " and " + most);
    }
    return value;
  }
}
