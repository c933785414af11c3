// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.cloudformation;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A CloudFormation template. */
public final class Template {
  static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");
  private static final Set<String> PSEUDO_PARAMETERS =
      Set.of("AWS::AccountId", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackName");

  private final Map<String, Object> content;

  private Template(Map<String, Object> content) {
    this.content = content;
  }

  /** Reads a file. */
  public static Template of(Path file) throws IOException {
    return new Template(TemplateReader.read(file));
  }

  /** The parameters, and whether each must be given. */
  public Map<String, Boolean> parameters() {
    Map<String, Boolean> parameters = new TreeMap<>();
    section("Parameters")
        .forEach((name, p) -> parameters.put(name, !map(p).containsKey("Default")));
    return parameters;
  }

  /** What a stack would have with these parameters, by logical name. */
  public Stack stack(String name, Map<String, ?> given) {
    Map<String, Object> values = new LinkedHashMap<>();
    section("Parameters")
        .forEach(
            (parameter, definition) -> {
              Object value = given.get(parameter);
              Object chosen = value == null ? map(definition).get("Default") : value;
              requireNonNull(chosen, () -> parameter + " is not given");
              values.put(parameter, typed(map(definition), chosen));
            });
    return new Stack(this, name, values);
  }

  private static Object typed(Map<String, Object> definition, Object value) {
    if (requireNonNull(definition.get("Type")).equals("CommaDelimitedList")) {
      String text = value.toString();
      return text.isEmpty() ? List.of() : List.of(text.split(","));
    }
    return value.toString();
  }

  Map<String, Object> section(String name) {
    return map(requireNonNull(content.get(name), name));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  /** References that lead nowhere: to no parameter, resource or condition. */
  public Set<String> unresolved() {
    Set<String> unresolved = new TreeSet<>();
    collect(content, unresolved, Set.of());
    return unresolved;
  }

  /** Parameters and conditions that nothing refers to. */
  public Set<String> unused() {
    Set<String> unused = new TreeSet<>(section("Parameters").keySet());
    unused.addAll(section("Conditions").keySet());
    String text =
        Map.of(
                "r",
                content.get("Resources"),
                "c",
                content.get("Conditions"),
                "o",
                content.get("Outputs"),
                "u",
                content.getOrDefault("Rules", Map.of()))
            .toString();
    unused.removeIf(name -> Pattern.compile("\\b" + name + "\\b").matcher(text).find());
    return unused;
  }

  private void collect(Object value, Set<String> unresolved, Set<String> local) {
    if (value instanceof Collection<?> list) {
      list.forEach(element -> collect(element, unresolved, local));
    } else if (value instanceof Map<?, ?>) {
      map(value).forEach((key, argument) -> check(key, argument, unresolved, local));
    }
  }

  private void check(String key, Object argument, Set<String> unresolved, Set<String> local) {
    switch (key) {
      case "Ref" -> checkReference(argument.toString(), unresolved, local);
      case "Fn::GetAtt" -> checkResource(((List<?>) argument).get(0).toString(), unresolved);
      case "Fn::If" -> checkCondition(((List<?>) argument).get(0).toString(), unresolved);
      case "Condition" -> {
        if (argument instanceof String name) {
          checkCondition(name, unresolved);
        }
      }
      case "DependsOn" -> checkResource(argument.toString(), unresolved);
      case "Fn::Sub" -> checkSub(argument, unresolved);
      default -> {}
    }
    if (!(argument instanceof String)) {
      collect(argument, unresolved, local);
    }
  }

  private void checkSub(Object argument, Set<String> unresolved) {
    boolean simple = argument instanceof String;
    Object text = simple ? argument : ((List<?>) argument).get(0);
    Set<String> own = simple ? Set.of() : map(((List<?>) argument).get(1)).keySet();
    Matcher variable = VARIABLE.matcher(text.toString());
    while (variable.find()) {
      String name = variable.group(1);
      if (!own.contains(name)) {
        checkReference(name.replaceFirst("\\..*", ""), unresolved, own);
      }
    }
  }

  private void checkReference(String name, Set<String> unresolved, Set<String> local) {
    if (!PSEUDO_PARAMETERS.contains(name)
        && !local.contains(name)
        && !section("Parameters").containsKey(name)) {
      checkResource(name, unresolved);
    }
  }

  private void checkResource(String name, Set<String> unresolved) {
    if (!section("Resources").containsKey(name)) {
      unresolved.add(name);
    }
  }

  private void checkCondition(String name, Set<String> unresolved) {
    if (!section("Conditions").containsKey(name)) {
      unresolved.add(name);
    }
  }
}
