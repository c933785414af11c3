// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.cloudformation;

import static java.util.Objects.requireNonNull;

import io.dynavault.deploy.Account;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A template with values for all parameters: what its stack would have. */
public final class Stack {
  private static final Object NO_VALUE = new Object();

  private final Template template;
  private final String name;
  private final Map<String, Object> parameters;

  Stack(Template template, String name, Map<String, Object> parameters) {
    this.template = template;
    this.name = name;
    this.parameters = parameters;
  }

  /** A resource of the stack, with its properties. */
  public record Resource(String logicalName, String type, Map<String, Object> properties) {
    /** A property that is there. */
    public Object property(String property) {
      return requireNonNull(properties.get(property), () -> logicalName + " has no " + property);
    }

    /** A property that is an object, or an empty one. */
    public Map<String, Object> find(String property) {
      return Template.map(properties.getOrDefault(property, Map.of()));
    }

    /** A property that is an object. */
    public Map<String, Object> object(String property) {
      return Template.map(property(property));
    }
  }

  /** The resources whose conditions hold. */
  public List<Resource> resources() {
    List<Resource> resources = new ArrayList<>();
    template
        .section("Resources")
        .keySet()
        .forEach(name -> resource(name).ifPresent(resources::add));
    return resources;
  }

  /** The resources of a type. */
  public List<Resource> resources(String type) {
    return resources().stream().filter(resource -> resource.type().equals(type)).toList();
  }

  /** A resource, if its condition holds. */
  public Optional<Resource> resource(String logicalName) {
    Map<String, Object> definition =
        Template.map(requireNonNull(template.section("Resources").get(logicalName), logicalName));
    Object condition = definition.get("Condition");
    if (condition != null && !holds(condition.toString())) {
      return Optional.empty();
    }
    return Optional.of(
        new Resource(
            logicalName,
            requireNonNull(definition.get("Type")).toString(),
            Template.map(value(definition.getOrDefault("Properties", Map.of())))));
  }

  private boolean holds(String condition) {
    return (boolean)
        value(requireNonNull(template.section("Conditions").get(condition), condition));
  }

  private Object value(Object given) {
    if (given instanceof List<?> list) {
      return list.stream().map(this::value).filter(element -> element != NO_VALUE).toList();
    }
    if (!(given instanceof Map<?, ?>)) {
      return given;
    }
    Map<String, Object> map = Template.map(given);
    if (map.size() == 1) {
      String key = map.keySet().iterator().next();
      Object argument = map.get(key);
      if (key.equals("Ref") || key.startsWith("Fn::")) {
        return call(key, argument);
      }
      if (key.equals("Condition") && argument instanceof String condition) {
        return holds(condition);
      }
    }
    Map<String, Object> values = new LinkedHashMap<>();
    map.forEach(
        (key, element) -> {
          Object value = value(element);
          if (value != NO_VALUE) {
            values.put(key, value);
          }
        });
    return values;
  }

  private Object call(String function, Object argument) {
    if (function.equals("Ref")) {
      return reference(argument.toString());
    }
    if (function.equals("Fn::Sub")) {
      return substituted(argument);
    }
    List<?> list = (List<?>) argument;
    return switch (function) {
      case "Fn::GetAtt" -> attribute(list.get(0).toString(), list.get(1).toString());
      case "Fn::If" -> value(list.get(holds(list.get(0).toString()) ? 1 : 2));
      case "Fn::Equals" -> value(list.get(0)).equals(value(list.get(1)));
      case "Fn::Not" -> !(boolean) value(list.get(0));
      case "Fn::And" -> list.stream().allMatch(element -> (boolean) value(element));
      case "Fn::Join" ->
          ((List<?>) value(list.get(1)))
              .stream().map(Object::toString).collect(Collectors.joining(list.get(0).toString()));
      default -> throw new IllegalArgumentException(function);
    };
  }

  private Object substituted(Object argument) {
    boolean simple = argument instanceof String;
    String text = simple ? argument.toString() : ((List<?>) argument).get(0).toString();
    Map<String, Object> own = simple ? Map.of() : Template.map(value(((List<?>) argument).get(1)));
    return Template.VARIABLE
        .matcher(text)
        .replaceAll(
            variable -> {
              String name = variable.group(1);
              Object value = own.containsKey(name) ? own.get(name) : reference(name);
              return Matcher.quoteReplacement(String.valueOf(value));
            });
  }

  private Object reference(String referred) {
    Object parameter = parameters.get(referred);
    if (parameter != null) {
      return parameter;
    }
    return switch (referred) {
      case "AWS::AccountId" -> Account.ID;
      case "AWS::NoValue" -> NO_VALUE;
      case "AWS::Partition" -> Account.PARTITION;
      case "AWS::Region" -> Account.REGION;
      case "AWS::StackName" -> name;
      default -> attribute(referred, "Ref");
    };
  }

  private Object attribute(String logicalName, String attribute) {
    Resource resource =
        resource(logicalName)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        logicalName + " is referred to where it is not made"));
    return switch (resource.type() + "." + attribute) {
      case "AWS::S3::Bucket.Ref" -> resource.property("BucketName");
      case "AWS::SNS::Topic.Ref" -> Account.arn("sns", text(resource.property("TopicName")));
      case "AWS::SQS::Queue.Arn" -> Account.arn("sqs", text(resource.property("QueueName")));
      case "AWS::SQS::Queue.QueueName" -> resource.property("QueueName");
      case "AWS::IAM::Role.Arn" -> Account.role(logicalName);
      case "AWS::Lambda::Function.Ref" -> resource.property("FunctionName");
      case "AWS::Lambda::Function.Arn" ->
          Account.arn("lambda", "function:" + resource.property("FunctionName"));
      case "AWS::Lambda::Version.Version" -> "1";
      case "AWS::Lambda::Alias.Ref" ->
          Account.arn(
              "lambda",
              "function:" + resource.property("FunctionName") + ":" + resource.property("Name"));
      default -> throw new IllegalArgumentException(resource.type() + "." + attribute);
    };
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }
}
