// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The fields of one mapping of a document. What is asked for is known; what is left at the end was
 * misspelt. Problems are collected, and reading goes on with nothing in place of what is wrong.
 */
final class YamlFields {
  private final MappingNode node;
  private final String path;
  private final Problems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * @param path of the mapping in the document with a point at its end, empty at the top
   */
  YamlFields(MappingNode node, String path, Problems problems) {
    this.node = requireNonNull(node, "node is null");
    this.path = requireNonNull(path, "path is null");
    this.problems = requireNonNull(problems, "problems is null");
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        keys.put(key.getValue(), key);
        if (values.put(key.getValue(), tuple.getValueNode()) != null) {
          problems.add(key, "'" + path + key.getValue() + "' is given twice");
        }
      } else {
        problems.add(tuple.getKeyNode(), "the name of a field has to be a word");
      }
    }
  }

  Optional<String> text(String name) {
    return scalar(name).map(ScalarNode::getValue);
  }

  /** The text, or an empty one after a problem was noted. */
  String requiredText(String name) {
    return required(name, text(name), "");
  }

  /** A value, or the other one if it is not given or wrong, which is then noted. */
  <T> T value(String name, Function<String, T> parser, T otherwise) {
    return value(name, parser).orElse(otherwise);
  }

  <T> Optional<T> value(String name, Function<String, T> parser) {
    Optional<ScalarNode> scalar = scalar(name);
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(scalar.get().getValue()));
    } catch (IllegalArgumentException e) {
      problems.add(scalar.get(), path + name + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Node element : elements(name)) {
      if (isText(element)) {
        texts.add(((ScalarNode) element).getValue());
      } else {
        problems.add(element, "'" + path + name + "' is a list of texts");
      }
    }
    return texts;
  }

  Map<String, String> textMap(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    mapping(name)
        .ifPresent(
            map -> {
              for (NodeTuple tuple : map.getValue()) {
                if (isText(tuple.getKeyNode()) && isText(tuple.getValueNode())) {
                  texts.put(
                      ((ScalarNode) tuple.getKeyNode()).getValue(),
                      ((ScalarNode) tuple.getValueNode()).getValue());
                } else {
                  problems.add(
                      tuple.getKeyNode(), "'" + path + name + "' has names with one text each");
                }
              }
            });
    return texts;
  }

  Optional<YamlFields> fields(String name) {
    return mapping(name).map(map -> new YamlFields(map, path + name + ".", problems));
  }

  /** The mappings of a list. */
  List<YamlFields> list(String name) {
    List<YamlFields> list = new ArrayList<>();
    int index = 0;
    for (Node element : elements(name)) {
      if (element instanceof MappingNode map) {
        list.add(new YamlFields(map, path + name + "[" + index + "].", problems));
      } else {
        problems.add(element, "'" + path + name + "' is a list of fields with values");
      }
      index++;
    }
    return list;
  }

  /** The raw node, for fields of more than one form. */
  Optional<Node> node(String name) {
    known.add(name);
    return Optional.ofNullable(values.get(name));
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Notes a problem at a field, or at the whole if it is not given. */
  void problem(String name, String text) {
    problems.add(values.getOrDefault(name, node), path + name + ": " + text);
  }

  /** Notes a problem with the whole. */
  void problem(String text) {
    problems.add(node, (path.isEmpty() ? "" : path.substring(0, path.length() - 1) + ": ") + text);
  }

  /** Notes fields that nobody asked for. */
  void end() {
    keys.forEach(
        (name, key) -> {
          if (!known.contains(name)) {
            problems.add(
                key, "there is no field '" + path + name + "'" + Suggestion.phrase(name, known));
          }
        });
  }

  private <T> T required(String name, Optional<T> value, T otherwise) {
    if (value.isEmpty() && !values.containsKey(name)) {
      problems.add(node, "'" + path + name + "' is missing");
    }
    return value.orElse(otherwise);
  }

  private Optional<ScalarNode> scalar(String name) {
    Optional<Node> found = node(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (isText(found.get())) {
      return Optional.of((ScalarNode) found.get());
    }
    problems.add(found.get(), "'" + path + name + "' has to be one value");
    return Optional.empty();
  }

  private Optional<MappingNode> mapping(String name) {
    Optional<Node> found = node(name);
    if (found.isPresent() && !(found.get() instanceof MappingNode)) {
      problems.add(found.get(), "'" + path + name + "' has to be fields with values");
    }
    return found.filter(MappingNode.class::isInstance).map(MappingNode.class::cast);
  }

  private List<Node> elements(String name) {
    Optional<Node> found = node(name);
    if (found.isPresent() && !(found.get() instanceof SequenceNode)) {
      problems.add(found.get(), "'" + path + name + "' has to be a list");
    }
    return found
        .filter(SequenceNode.class::isInstance)
        .map(list -> ((SequenceNode) list).getValue())
        .orElse(List.of());
  }

  private static boolean isText(Node node) {
    return node instanceof ScalarNode && !node.getTag().equals(Tag.NULL);
  }
}
