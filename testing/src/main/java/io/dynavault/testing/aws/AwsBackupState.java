// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What AWS Backup knows in the stub, shared by its areas, and how it answers (AWS Backup Developer
 * Guide and API Reference).
 */
final class AwsBackupState {
  private static final int PAGE = 1000;

  final StubContext context;

  /** By name; as DescribeBackupVault answers, and what of it has operations of its own. */
  final Map<String, Vault> vaults = new TreeMap<>();

  /** By ARN, in the order of their creation. */
  final Map<String, Point> points = new LinkedHashMap<>();

  /** Tags by ARN. */
  final Map<String, Map<String, String>> tags = new TreeMap<>();

  boolean optedIn = true;
  boolean advanced = true;
  private int ids;

  AwsBackupState(StubContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  /** A vault. */
  static final class Vault {
    final ObjectNode description;
    Optional<String> policy = Optional.empty();
    Optional<ObjectNode> notifications = Optional.empty();

    Vault(ObjectNode description) {
      this.description = description;
    }

    boolean locked() {
      return description.path("Locked").asBoolean();
    }
  }

  /**
   * A recovery point.
   *
   * @param table as DescribeTable answered
   */
  record Point(ObjectNode description, ObjectNode table, List<JsonNode> items) {
    String text(String member) {
      return description.path(member).asText();
    }
  }

  /** A vault, or the error that AWS gives for one that is not there. */
  Vault vault(String name, String action) {
    Vault vault = vaults.get(name);
    if (vault == null) {
      throw insufficientPrivileges(action);
    }
    return vault;
  }

  /** What AWS says of unknown vaults, too. */
  static AwsError insufficientPrivileges(String action) {
    requireNonNull(action, "action is null");
    return AwsError.of(
        403, "AccessDeniedException", "Insufficient privileges to perform this action.");
  }

  /** Refuses what the access policy of a vault denies to everybody. */
  void requireAllowed(Vault vault, String action) {
    if (vault.policy.isPresent()) {
      JsonNode policy = Wire.parse(vault.policy.get().getBytes(UTF_8));
      for (JsonNode statement : policy.path("Statement")) {
        boolean named = false;
        for (JsonNode one : statement.path("Action")) {
          named |= one.asText().equals("backup:" + action);
        }
        named |= statement.path("Action").asText().equals("backup:" + action);
        if (named && statement.path("Effect").asText().equals("Deny")) {
          throw AwsError.of(
              403,
              "AccessDeniedException",
              "User: arn:aws:iam::"
                  + StubContext.ACCOUNT
                  + ":user/tester is not authorized to perform: backup:"
                  + action
                  + " with an explicit deny in a resource-based policy");
        }
      }
    }
  }

  String uuid() {
    ids++;
    return "%08x-0000-4000-8000-%012x".formatted(ids, ids);
  }

  /** Job ids are upper-case in real answers. */
  String jobId() {
    return uuid().toUpperCase(Locale.ROOT);
  }

  static String arn(StubRequest request, String rest) {
    return "arn:aws:backup:" + request.region() + ":" + StubContext.ACCOUNT + ":" + rest;
  }

  Instant now() {
    return context.clock().instant();
  }

  void time(ObjectNode node, String member, Instant time) {
    node.put(member, Wire.seconds(time));
  }

  /** A page of a list. Tokens are places; tokens that nobody gave are refused. */
  ObjectNode page(StubRequest request, String member, Collection<? extends JsonNode> all) {
    return page(request, member, all, "nextToken", "maxResults");
  }

  /** The same for operations whose parameters begin with capitals. */
  ObjectNode page(
      StubRequest request,
      String member,
      Collection<? extends JsonNode> all,
      String tokenParameter,
      String sizeParameter) {
    int from = request.text(tokenParameter).map(AwsBackupState::place).orElse(0);
    int size = context.pageSize(request.text(sizeParameter).map(Integer::parseInt).orElse(PAGE));
    List<JsonNode> list = List.copyOf(all);
    ObjectNode answer = Wire.object();
    ArrayNode page = answer.putArray(member);
    list.subList(Math.min(from, list.size()), Math.min(from + size, list.size()))
        .forEach(page::add);
    if (from + size < list.size()) {
      answer.put("NextToken", "place-" + (from + size));
    }
    return answer;
  }

  private static int place(String token) {
    if (!token.startsWith("place-")) {
      throw invalid("Invalid NextToken");
    }
    return Integer.parseInt(token.substring("place-".length()));
  }

  /** Checks a lifecycle as AWS does. */
  static void requireLifecycle(String what, JsonNode lifecycle) {
    long cold = lifecycle.path("MoveToColdStorageAfterDays").asLong(-1);
    long delete = lifecycle.path("DeleteAfterDays").asLong(-1);
    boolean deleteGiven = lifecycle.hasNonNull("DeleteAfterDays") && delete != -1;
    if (deleteGiven && (delete < 1 || delete > 36500)) {
      throw invalid(
          what
              + "Invalid lifecycle. DeleteAfterDays cannot be less than 1 or more than 36500 days");
    }
    if (deleteGiven && cold > 0 && delete < cold + 90) {
      throw invalid(
          what
              + "Invalid lifecycle. DeleteAfterDays cannot be less than 90 days apart from"
              + " MoveToColdStorageAfterDays");
    }
  }

  /** Sets the lifecycle of a recovery point and the dates that follow from it. */
  void setLifecycle(ObjectNode point, JsonNode lifecycle) {
    ObjectNode kept = Wire.object();
    ObjectNode calculated = Wire.object();
    Instant created = Wire.instant(point.path("CreationDate").decimalValue());
    long cold = lifecycle.path("MoveToColdStorageAfterDays").asLong(-1);
    long delete = lifecycle.path("DeleteAfterDays").asLong(-1);
    if (cold > 0) {
      kept.put("MoveToColdStorageAfterDays", cold);
      time(calculated, "MoveToColdStorageAt", created.plus(Duration.ofDays(cold)));
    }
    if (delete > 0) {
      kept.put("DeleteAfterDays", delete);
      time(calculated, "DeleteAt", created.plus(Duration.ofDays(delete)));
    }
    point.remove(List.of("Lifecycle", "CalculatedLifecycle"));
    if (!kept.isEmpty()) {
      point.set("Lifecycle", kept);
      point.set("CalculatedLifecycle", calculated);
    }
  }

  static void requireName(String name, Pattern pattern, String what) {
    if (!pattern.matcher(name).matches()) {
      throw invalid("Invalid " + what + ": " + name);
    }
  }

  static AwsError invalid(String message) {
    return AwsError.of("InvalidParameterValueException", message);
  }

  static AwsError refused(String message) {
    return AwsError.of("InvalidRequestException", message);
  }

  static AwsError notFound(String message) {
    return AwsError.of("ResourceNotFoundException", message);
  }

  static AwsError exists(String message) {
    return AwsError.of("AlreadyExistsException", message);
  }

  /** A member that must be there. */
  static String required(StubRequest request, String member) {
    return request
        .text(member)
        .orElseThrow(
            () ->
                AwsError.of(
                    "MissingParameterValueException", member + " is missing from the request"));
  }
}
