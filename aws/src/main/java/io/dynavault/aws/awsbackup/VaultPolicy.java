// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Access policies of vaults, as JSON texts that are equal if they say the same. */
public final class VaultPolicy {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** What takes a recovery point away, or lets it be taken away earlier. */
  private static final List<String> DELETING =
      List.of(
          "backup:DeleteBackupVault",
          "backup:DeleteRecoveryPoint",
          "backup:UpdateRecoveryPointLifecycle");

  private VaultPolicy() {}

  /**
   * Denies everybody to delete recovery points and the vault, and to change when recovery points
   * are deleted. Whoever may change the policy can still take it away, unlike a lock.
   *
   * @param exceptRoles ARNs of roles that may nevertheless
   */
  public static String denyDeletion(List<String> exceptRoles) {
    ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
    ObjectNode statement = policy.putArray("Statement").addObject();
    statement.put("Sid", "DenyDeletion").put("Effect", "Deny").put("Principal", "*");
    ArrayNode actions = statement.putArray("Action");
    DELETING.forEach(actions::add);
    statement.put("Resource", "*");
    if (!exceptRoles.isEmpty()) {
      ArrayNode roles =
          statement.putObject("Condition").putObject("ArnNotEquals").putArray("aws:PrincipalArn");
      exceptRoles.forEach(roles::add);
    }
    return normal(policy.toString());
  }

  /**
   * The policy without blanks and with sorted names.
   *
   * @throws IllegalArgumentException if it is not a JSON object
   */
  public static String normal(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node == null || !node.isObject()) {
        throw new IllegalArgumentException("it is not a JSON object");
      }
      return MAPPER.writeValueAsString(MAPPER.treeToValue(node, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The same over several lines, for people. */
  public static String readable(String policy) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(MAPPER.readTree(policy));
    } catch (JsonProcessingException e) {
      return policy;
    }
  }
}
