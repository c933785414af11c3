// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Which tables a plan backs up: those that a resource pattern or a tag names, without those that
 * are left out, as far as all conditions hold.
 *
 * @param role ARN of the role that AWS Backup takes on
 * @param resources ARNs; {@code *} is a wildcard
 * @param notResources ARNs of what is left out
 * @param tags any one of which selects a table
 * @param conditions all of which have to hold
 */
public record PlanSelection(
    String name,
    String role,
    List<String> resources,
    List<String> notResources,
    List<Tag> tags,
    List<Condition> conditions) {

  public PlanSelection {
    requireNonNull(name, "name is null");
    requireNonNull(role, "role is null");
    resources = resources.stream().sorted().distinct().toList();
    notResources = notResources.stream().sorted().distinct().toList();
    tags = tags.stream().sorted().distinct().toList();
    conditions = conditions.stream().sorted().distinct().toList();
  }

  /** A tag with its value. */
  public record Tag(String key, String value) implements Comparable<Tag> {
    public Tag {
      requireNonNull(key, "key is null");
      requireNonNull(value, "value is null");
    }

    @Override
    public int compareTo(Tag other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return key + "=" + value;
    }
  }

  /** How a condition compares. */
  public enum Operator {
    EQUALS("equals"),
    NOT_EQUALS("not-equals"),
    LIKE("like"),
    NOT_LIKE("not-like");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    /** The word of the document. */
    public String text() {
      return text;
    }
  }

  /**
   * A condition on a tag of the table.
   *
   * @param tag its key
   * @param value compared with case; {@code *} is a wildcard for LIKE and NOT_LIKE
   */
  public record Condition(Operator operator, String tag, String value)
      implements Comparable<Condition> {
    public Condition {
      requireNonNull(operator, "operator is null");
      requireNonNull(tag, "tag is null");
      requireNonNull(value, "value is null");
    }

    @Override
    public int compareTo(Condition other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return tag + " " + operator.text() + " " + value;
    }
  }
}
