// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of Terraform files with values for its variables. */
public final class TerraformModule {
  private static final List<String> SETTINGS =
      List.of("count", "for_each", "depends_on", "provider");

  private final List<HclBlock> blocks;
  private final Map<String, Object> variables;
  private final ComputedAttributes computed;
  private final HclScope scope = this::root;

  private TerraformModule(
      List<HclBlock> blocks, Map<String, ?> variables, ComputedAttributes computed) {
    this.blocks = blocks;
    this.variables = new LinkedHashMap<>(variables);
    this.computed = computed;
  }

  /** Something that the module would make: its key in {@code for_each} and all its settings. */
  public record Instance(String type, String name, String key, Map<String, Object> settings) {
    /** A setting that is there. */
    public Object setting(String setting) {
      return requireNonNull(settings.get(setting), () -> type + "." + name + " has no " + setting);
    }

    /** The only block of a type, as its settings. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> block(String block) {
      return ((List<Map<String, Object>>) setting(block)).get(0);
    }
  }

  /** Reads all {@code .tf} files of a folder, not those below it. */
  public static TerraformModule of(Path folder, Map<String, ?> variables) {
    return new TerraformModule(blocks(folder), variables, new ComputedAttributes());
  }

  /** All blocks of a folder's files, in the files' order. */
  static List<HclBlock> blocks(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<HclBlock> all = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".tf")).sorted().toList()) {
        all.addAll(HclParser.parse(Files.readString(file)));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the variables, with whether they must be given. */
  public Map<String, Boolean> declaredVariables() {
    Map<String, Boolean> declared = new TreeMap<>();
    of("variable").forEach(v -> declared.put(v.label(0), !v.attributes().containsKey("default")));
    return declared;
  }

  /** All resources of a type that would be made. */
  public List<Instance> resources(String type) {
    return of("resource").stream()
        .filter(block -> block.label(0).equals(type))
        .flatMap(block -> instances(block).values().stream())
        .toList();
  }

  /** All resources that would be made. */
  public List<Instance> resources() {
    return of("resource").stream().flatMap(block -> instances(block).values().stream()).toList();
  }

  /** The value of an output. */
  public @Nullable Object output(String name) {
    HclBlock block =
        of("output").stream().filter(o -> o.label(0).equals(name)).findFirst().orElseThrow();
    return requireNonNull(block.attributes().get("value")).evaluate(scope);
  }

  private Stream<HclBlock> ofType(String type) {
    return blocks.stream().filter(block -> block.type().equals(type));
  }

  private List<HclBlock> of(String type) {
    return ofType(type).toList();
  }

  private @Nullable Object root(String name) {
    return switch (name) {
      case "var" -> new HclScope.Lazy(this::variable);
      case "local" -> new HclScope.Lazy(this::local);
      case "data" ->
          new HclScope.Lazy(type -> new HclScope.Lazy(label -> referred("data", type, label)));
      default -> new HclScope.Lazy(label -> referred("resource", name, label));
    };
  }

  private @Nullable Object variable(String name) {
    HclBlock block =
        ofType("variable")
            .filter(v -> v.label(0).equals(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("variable " + name + " is not declared"));
    Object given = variables.get(name);
    HclExpression other = block.attributes().get("default");
    if (given == null && other == null) {
      throw new IllegalArgumentException("variable " + name + " is not given");
    }
    Object value = given == null ? requireNonNull(other).evaluate(scope) : given;
    HclExpression type = block.attributes().get("type");
    if (value instanceof Map<?, ?> map
        && type != null
        && type.evaluate(scope) instanceof Map<?, ?> all) {
      Map<Object, Object> complete = new LinkedHashMap<>(all);
      complete.putAll(map);
      return complete;
    }
    return value;
  }

  private @Nullable Object local(String name) {
    return ofType("locals")
        .filter(block -> block.attributes().containsKey(name))
        .map(block -> requireNonNull(block.attributes().get(name)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("local." + name))
        .evaluate(scope);
  }

  /** What a reference to a resource or a data source stands for: one instance or all, by key. */
  private Object referred(String kind, String type, String label) {
    HclBlock block =
        ofType(kind)
            .filter(b -> b.label(0).equals(type) && b.label(1).equals(label))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(type + "." + label));
    Map<String, HclScope> scopes = scopes(block);
    if (block.attributes().containsKey("for_each")) {
      return new HclScope.Lazy(key -> lazily(block, requireNonNull(scopes.get(key), key)));
    }
    if (block.attributes().containsKey("count")) {
      return scopes.values().stream().map(inner -> (Object) lazily(block, inner)).toList();
    }
    return lazily(block, scope);
  }

  private HclScope.Lazy lazily(HclBlock block, HclScope inner) {
    return new HclScope.Lazy(
        attribute -> {
          HclExpression given = block.attributes().get(attribute);
          return given != null
              ? given.evaluate(inner)
              : computed.attribute(block.label(0), attribute, () -> settings(block, inner));
        });
  }

  private Map<String, Instance> instances(HclBlock block) {
    Map<String, Instance> instances = new LinkedHashMap<>();
    scopes(block)
        .forEach(
            (key, inner) ->
                instances.put(
                    key,
                    new Instance(block.label(0), block.label(1), key, settings(block, inner))));
    return instances;
  }

  /** The scope of every instance, by its key. */
  private Map<String, HclScope> scopes(HclBlock block) {
    Map<String, HclScope> scopes = new LinkedHashMap<>();
    HclExpression forEach = block.attributes().get("for_each");
    HclExpression count = block.attributes().get("count");
    if (forEach != null) {
      Object chosen = forEach.evaluate(scope);
      HclValues.entries(chosen)
          .forEach(
              e -> {
                Object key = chosen instanceof Map ? e.getKey() : e.getValue();
                Map<String, Object> each = new LinkedHashMap<>();
                each.put("key", key);
                each.put("value", e.getValue());
                scopes.put(HclValues.string(key), scope.with(Map.of("each", each)));
              });
    } else if (count != null) {
      for (int i = 0; i < HclValues.number(count.evaluate(scope)).intValueExact(); i++) {
        scopes.put(String.valueOf(i), scope);
      }
    } else {
      scopes.put("", scope);
    }
    return scopes;
  }

  private Map<String, Object> settings(HclBlock block, HclScope inner) {
    Map<String, Object> settings = new LinkedHashMap<>();
    block
        .attributes()
        .forEach(
            (name, value) -> {
              if (!SETTINGS.contains(name)) {
                settings.put(name, value.evaluate(inner));
              }
            });
    for (HclBlock nested : block.blocks()) {
      if (nested.type().equals("dynamic")) {
        addDynamic(settings, nested, inner);
      } else {
        add(settings, nested.type(), settings(nested, inner));
      }
    }
    return settings;
  }

  private void addDynamic(Map<String, Object> settings, HclBlock dynamic, HclScope inner) {
    Object chosen = requireNonNull(dynamic.attributes().get("for_each")).evaluate(inner);
    for (Map.Entry<Object, @Nullable Object> entry : HclValues.entries(chosen)) {
      Map<String, Object> iterator = new LinkedHashMap<>();
      iterator.put("key", entry.getKey());
      iterator.put("value", entry.getValue());
      HclScope content = inner.with(Map.of(dynamic.label(0), iterator));
      add(settings, dynamic.label(0), settings(dynamic.blocks().get(0), content));
    }
  }

  @SuppressWarnings("unchecked")
  private static void add(Map<String, Object> settings, String type, Map<String, Object> nested) {
    ((List<Object>) settings.computeIfAbsent(type, t -> new ArrayList<>())).add(nested);
  }
}
