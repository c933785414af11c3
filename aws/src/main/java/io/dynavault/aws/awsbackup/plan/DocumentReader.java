// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import io.dynavault.aws.awsbackup.plan.PlanDocument.Removals;
import io.dynavault.core.error.DynavaultException;
import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads plan documents and checks them by AWS's rules, so that nothing half right is applied. The
 * parser knows no tags and bounds size, depth and aliases.
 */
public final class DocumentReader {
  /** The only method that a document can name so far. */
  static final String METHOD = "aws-backup";

  private static final int MAX_CHARACTERS = 1024 * 1024;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_RULES = 10;
  private static final int MAX_SELECTIONS = 100;

  private DocumentReader() {}

  /**
   * Reads a document.
   *
   * @param name what messages call it
   * @throws DynavaultException {@code CONFIG_INVALID} with all that is wrong, each with its line
   */
  public static PlanDocument read(String name, String yaml) {
    Problems problems = new Problems(name);
    YamlFields fields = new YamlFields(root(name, yaml), "", problems);
    PlanDocument document = read(fields);
    fields.end();
    problems.throwIfAny();
    return document;
  }

  private static MappingNode root(String name, String yaml) {
    try {
      Node root = parser().compose(new StringReader(yaml));
      if (root instanceof MappingNode map) {
        return map;
      }
      throw Problems.unreadable(name, "it is not a list of 'field: value' lines");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw Problems.unreadable(name, "line " + line + ": " + oneLine(e.getProblem()));
    } catch (YAMLException e) {
      throw Problems.unreadable(name, oneLine(e.getMessage()));
    }
  }

  private static Yaml parser() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(MAX_CHARACTERS);
    return new Yaml(new SafeConstructor(options));
  }

  private static PlanDocument read(YamlFields fields) {
    fields.requiredText("plan");
    String name = fields.value("plan", Forms::planName, "");
    fields.value("method", DocumentReader::method, METHOD);
    List<PlanRule> rules = fields.list("rules").stream().map(RuleFields::read).toList();
    if (rules.isEmpty() && !fields.has("rules")) {
      fields.problem("'rules' is missing");
    } else if (rules.isEmpty()) {
      fields.problem("rules", "a plan needs a rule");
    }
    Forms.requireAtMost(fields, "rules", rules.size(), MAX_RULES);
    Forms.requireUnique(fields, "rules", rules, PlanRule::name);
    List<PlanSelection> selections =
        fields.list("selections").stream().map(SelectionFields::read).toList();
    Forms.requireAtMost(fields, "selections", selections.size(), MAX_SELECTIONS);
    Forms.requireUnique(fields, "selections", selections, PlanSelection::name);
    List<PlanVault> vaults = fields.list("vaults").stream().map(VaultFields::read).toList();
    Forms.requireUnique(fields, "vaults", vaults, PlanVault::name);
    List<RestoreTest> tests =
        fields.list("restore-tests").stream().map(RestoreTestFields::read).toList();
    Forms.requireUnique(fields, "restore-tests", tests, RestoreTest::name);
    return new PlanDocument(
        name,
        fields.node("tags").isPresent() ? Wanted.of(fields.textMap("tags")) : Wanted.asItIs(),
        rules,
        selections,
        vaults,
        tests,
        removals(fields, selections, tests));
  }

  private static String method(String text) {
    if (!text.equals(METHOD)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a method that a plan can have: use " + METHOD);
    }
    return text;
  }

  private static Removals removals(
      YamlFields fields, List<PlanSelection> selections, List<RestoreTest> tests) {
    return fields
        .fields("delete")
        .map(
            delete -> {
              Removals removals =
                  new Removals(delete.texts("selections"), delete.texts("restore-tests"));
              selections.stream()
                  .map(PlanSelection::name)
                  .filter(removals.selections()::contains)
                  .forEach(both -> delete.problem("selections", "'" + both + "' is wanted above"));
              tests.stream()
                  .map(RestoreTest::name)
                  .filter(removals.restoreTests()::contains)
                  .forEach(
                      both -> delete.problem("restore-tests", "'" + both + "' is wanted above"));
              delete.end();
              return removals;
            })
        .orElse(Removals.NONE);
  }

  private static String oneLine(@Nullable String text) {
    return text == null ? "not valid YAML" : text.replaceAll("\\s+", " ").strip();
  }
}
