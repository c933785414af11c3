// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a template makes, in words that do not depend on its language. Names are without the stack's
 * own in front of them.
 *
 * @param functions settings of each function; its environment as {@code env.NAME}
 * @param grants what each role may do, the roles named after what assumes them
 * @param trusts who may assume each role
 * @param schedules settings of each schedule
 * @param alarms settings of each alarm
 * @param bucket settings of the bucket
 * @param others settings of the topic, the queue and what belongs to them
 */
record Deployment(
    Map<String, Map<String, String>> functions,
    Map<String, Set<String>> grants,
    Map<String, Set<String>> trusts,
    Map<String, Map<String, String>> schedules,
    Map<String, Map<String, String>> alarms,
    Map<String, String> bucket,
    Map<String, String> others) {
  static final String NAME = "acme-backups";

  /** Everything in lines, so that a comparison shows the line that differs. */
  Set<String> lines() {
    Set<String> lines = new TreeSet<>();
    functions.forEach((name, facts) -> add(lines, "function " + name, facts));
    schedules.forEach((name, facts) -> add(lines, "schedule " + name, facts));
    alarms.forEach((name, facts) -> add(lines, "alarm " + name, facts));
    add(lines, "bucket", bucket);
    add(lines, "other", others);
    grants.forEach((role, own) -> own.forEach(line -> lines.add("role " + role + ": " + line)));
    trusts.forEach((role, own) -> own.forEach(line -> lines.add("trust " + role + ": " + line)));
    return lines;
  }

  private static void add(Set<String> lines, String owner, Map<String, String> facts) {
    facts.forEach((name, value) -> lines.add(owner + ": " + name + " = " + value));
  }
}
