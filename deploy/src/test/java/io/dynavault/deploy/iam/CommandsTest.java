// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.deploy.iam.Commands.Command;
import io.dynavault.deploy.iam.Commands.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code iam/actions.json} is complete: every command, and every request that the sources make. */
class CommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern REQUEST =
      Pattern.compile(
          "import software\\.amazon\\.awssdk\\.services\\.(\\w+)\\.model\\.(\\w+)Request;");
  private static final Pattern CALL = Pattern.compile("\\.call\\(\\s*\"(\\w+)\"");

  /** Operations whose action has another name. */
  private static final Map<String, String> ACTIONS =
      Map.of(
          "s3:HeadObject", "s3:GetObject",
          "s3:HeadBucket", "s3:ListBucket",
          "s3:ListObjectsV2", "s3:ListBucket",
          "s3:CreateMultipartUpload", "s3:PutObject",
          "s3:UploadPart", "s3:PutObject",
          "s3:CompleteMultipartUpload", "s3:PutObject",
          "s3:ListMultipartUploads", "s3:ListBucketMultipartUploads");

  private static final Map<String, String> SERVICES =
      Map.of(
          "dynamodb", "dynamodb",
          "s3", "s3",
          "backup", "backup",
          "sns", "sns",
          "applicationautoscaling", "application-autoscaling",
          "resourcegroupstaggingapi", "tag");

  @Test
  void everyCommandOfTheReferenceIsListed() throws IOException {
    List<String> listed =
        new ArrayList<>(Commands.read().all().stream().map(Command::name).toList());
    listed.addAll(Commands.read().withoutAws());

    assertThat(Files.readAllLines(ROOT.resolve("docs/reference/cli.md")))
        .filteredOn(line -> line.startsWith("## dynavault "))
        .extracting(line -> line.substring("## dynavault ".length()))
        .hasSizeGreaterThan(20)
        .allSatisfy(
            command ->
                assertThat(listed)
                    .as("rows of actions.json for '%s'", command)
                    .anyMatch(row -> covers(row, command)));
  }

  /** A row is of a command or of one of its forms; a group is covered by any of its commands. */
  private static boolean covers(String row, String command) {
    String group = command.split(" ")[0];
    return (row + " ").startsWith(command + " ") || row.startsWith(group + " (");
  }

  @Test
  void everyRequestOfTheSourcesIsListed() throws IOException {
    Set<String> listed = Commands.read().actions();
    Set<String> used = new TreeSet<>();
    for (String module : List.of("core", "aws", "cli")) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      if (Files.exists(sources)) {
        used.addAll(actionsIn(sources));
      }
    }

    assertThat(used)
        .hasSizeGreaterThan(60)
        .contains("dynamodb:Scan", "s3:PutObject", "backup:StartBackupJob");
    used.removeAll(listed);
    assertThat(used)
        .as("actions that commands need, but that no row of iam/actions.json has")
        .isEmpty();
  }

  private static Set<String> actionsIn(Path sources) throws IOException {
    Set<String> actions = new TreeSet<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String text = Files.readString(file);
        String service = file.toString().contains("/awsbackup/") ? "backup:" : "dynamodb:";
        CALL.matcher(text).results().forEach(call -> actions.add(service + call.group(1)));
        REQUEST
            .matcher(text)
            .results()
            .filter(request -> SERVICES.containsKey(request.group(1)))
            .map(request -> SERVICES.get(request.group(1)) + ":" + request.group(2))
            // Shapes inside a BatchWriteItem, not operations.
            .filter(action -> !action.matches("dynamodb:(Put|Delete|Write)"))
            .forEach(action -> actions.add(ACTIONS.getOrDefault(action, action)));
      }
    }
    return actions;
  }

  @Test
  void everyCommandHasOneRow() throws IOException {
    assertThat(Commands.read().all()).extracting(Command::name).doesNotHaveDuplicates();
  }

  /** {@code -Dregenerate=true} writes the tables of the page again. */
  @Test
  void thePageShowsWhatTheFileSays() throws IOException {
    Path page = Path.of("iam/README.md");
    List<String> commands = new ArrayList<>();
    for (Command command : Commands.read().all()) {
      commands.add(row(command));
    }
    List<String> sets = new ArrayList<>();
    for (Map.Entry<String, List<Need>> set : Commands.read().sets().entrySet()) {
      sets.add(row(set.getKey(), set.getValue()));
    }
    List<String> shown = Files.readAllLines(page);
    List<String> right = withTable(withTable(shown, "| command |", commands), "| set |", sets);

    if (Boolean.getBoolean("regenerate")) {
      Files.write(page, right);
    } else {
      assertThat(shown).isEqualTo(right);
    }
  }

  /** A page with other rows in the table that has this head. */
  private static List<String> withTable(List<String> page, String head, List<String> rows) {
    List<String> made = new ArrayList<>();
    boolean inside = false;
    for (String line : page) {
      inside = line.startsWith(head) || (inside && line.startsWith("|"));
      if (!inside || line.startsWith(head)) {
        made.add(line);
      } else if (line.startsWith("|---")) {
        made.add(line);
        made.addAll(rows);
      }
    }
    return made;
  }

  private static String row(Command command) {
    Set<String> own = new LinkedHashSet<>();
    Commands.texts(command.row().path("actions"))
        .forEach(line -> own.add("`" + line.split(" on ")[0] + "`"));
    String note = command.row().path("note").asText();
    return "| `%s`%s | %s | %s | %s |"
        .formatted(
            command.name(),
            note.isEmpty() ? "" : ": " + note,
            String.join(", ", Commands.texts(command.row().path("policies"))),
            String.join(", ", Commands.texts(command.row().path("uses"))),
            String.join(", ", own));
  }

  private static String row(String name, List<Need> needs) throws IOException {
    Commands commands = Commands.read();
    Map<String, List<String>> byResource = new LinkedHashMap<>();
    needs.forEach(
        need ->
            byResource
                .computeIfAbsent(commands.nameOf(need.resource()), r -> new ArrayList<>())
                .add("`" + need.action() + "`"));
    return "| %s | %s |"
        .formatted(
            name,
            byResource.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + " on " + entry.getKey())
                .collect(Collectors.joining("; ")));
  }
}
