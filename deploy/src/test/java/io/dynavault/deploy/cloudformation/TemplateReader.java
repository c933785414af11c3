// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.cloudformation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML with CloudFormation's short forms: {@code !Sub x} becomes {@code Fn::Sub: x}. */
final class TemplateReader {
  private static final List<String> FUNCTIONS =
      List.of("Sub", "GetAtt", "If", "Join", "Equals", "Not", "And", "Or", "Split", "Select");

  private TemplateReader() {}

  @SuppressWarnings("unchecked")
  static Map<String, Object> read(Path template) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    // CloudFormation does not have YAML's aliases.
    options.setMaxAliasesForCollections(0);
    return (Map<String, Object>) new Yaml(new ShortForms(options)).load(Files.readString(template));
  }

  private static final class ShortForms extends SafeConstructor {
    ShortForms(LoaderOptions options) {
      super(options);
      yamlConstructors.put(new Tag("!Ref"), new Function("Ref"));
      yamlConstructors.put(new Tag("!Condition"), new Function("Condition"));
      FUNCTIONS.forEach(
          name -> yamlConstructors.put(new Tag("!" + name), new Function("Fn::" + name)));
    }

    private final class Function extends AbstractConstruct {
      private final String name;

      Function(String name) {
        this.name = name;
      }

      @Override
      public Object construct(Node node) {
        return Map.of(name, argument(node));
      }

      private Object argument(Node node) {
        if (node instanceof ScalarNode scalar) {
          String text = constructScalar(scalar);
          return name.equals("Fn::GetAtt") ? Arrays.asList(text.split("\\.", 2)) : text;
        }
        return node instanceof SequenceNode sequence
            ? constructSequence(sequence)
            : constructMapping((MappingNode) node);
      }
    }
  }
}
