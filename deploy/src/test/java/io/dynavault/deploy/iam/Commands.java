// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which action each command needs, from {@code iam/actions.json}. */
public final class Commands {
  private final JsonNode file;

  private Commands(JsonNode file) {
    this.file = file;
  }

  /** An action on something. */
  public record Need(String action, String resource) {}

  /** A row of the table. */
  record Command(String name, Set<String> policies, List<Need> needs, JsonNode row) {}

  /** Reads the file. */
  public static Commands read() throws IOException {
    return new Commands(new ObjectMapper().readTree(Path.of("iam/actions.json").toFile()));
  }

  List<Command> all() {
    List<Command> commands = new ArrayList<>();
    for (JsonNode row : file.path("commands")) {
      List<Need> needs = new ArrayList<>();
      row.path("uses").forEach(set -> needs.addAll(needs(file.path("sets").path(set.asText()))));
      needs.addAll(needs(row.path("actions")));
      commands.add(
          new Command(
              row.path("command").asText(),
              new TreeSet<>(texts(row.path("policies"))),
              needs,
              row));
    }
    return commands;
  }

  /** The names of all actions that a command needs. */
  public Set<String> actionsOf(String command) {
    return all().stream()
        .filter(row -> row.name().equals(command))
        .flatMap(row -> row.needs().stream())
        .map(Need::action)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a command needs. */
  public List<Need> needsOf(String command) {
    return all().stream()
        .filter(row -> row.name().equals(command))
        .flatMap(row -> row.needs().stream())
        .toList();
  }

  Set<String> actions() {
    return all().stream()
        .flatMap(row -> row.needs().stream())
        .map(Need::action)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  List<String> withoutAws() {
    return texts(file.path("commandsWithoutAws"));
  }

  /** The sets, as the file writes them. */
  Map<String, List<Need>> sets() {
    Map<String, List<Need>> sets = new LinkedHashMap<>();
    file.path("sets").properties().forEach(set -> sets.put(set.getKey(), needs(set.getValue())));
    return sets;
  }

  /** The name of a resource, as it is in the file, from its sample. */
  String nameOf(String resource) {
    return file.path("resources").properties().stream()
        .filter(sample -> sample.getValue().asText().equals(resource))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private List<Need> needs(JsonNode lines) {
    return texts(lines).stream()
        .map(line -> line.split(" on ", 2))
        .map(parts -> new Need(parts[0], sample(parts[1])))
        .toList();
  }

  private String sample(String resource) {
    JsonNode sample = file.path("resources").path(resource);
    if (sample.isMissingNode()) {
      throw new IllegalArgumentException("no resource '" + resource + "'");
    }
    return sample.asText();
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
