// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.SdkErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.TargetTrackingScalingPolicyConfiguration;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The auto scaling of a table and its global indexes: read as JSON, put back from it. The JSON has
 * Application Auto Scaling's names with a small first letter; resource ids name the source table
 * and are given the name of the target when they are put back.
 */
final class AutoScalingSettings {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApplicationAutoScalingClient client;

  AutoScalingSettings(ApplicationAutoScalingClient client) {
    this.client = client;
  }

  /** The targets and policies as JSON; empty if nothing is scaled. */
  Optional<String> read(TableDescription table) {
    ObjectNode json = JSON.createObjectNode();
    for (ScalableTarget target : targets(table)) {
      ObjectNode node = json.withArray("/scalableTargets").addObject();
      node.put("resourceId", target.resourceId());
      node.put("scalableDimension", target.scalableDimensionAsString());
      node.put("minCapacity", target.minCapacity());
      node.put("maxCapacity", target.maxCapacity());
      for (ScalingPolicy policy : policies(target)) {
        write(policy, json.withArray("/scalingPolicies").addObject());
      }
    }
    return json.isEmpty() ? Optional.empty() : Optional.of(json.toString());
  }

  private List<ScalableTarget> targets(TableDescription table) {
    List<String> resources = new ArrayList<>();
    resources.add("table/" + table.tableName());
    for (GlobalSecondaryIndexDescription index : table.globalSecondaryIndexes()) {
      resources.add("table/" + table.tableName() + "/index/" + index.indexName());
    }
    return SdkErrors.call(
        "application-autoscaling:DescribeScalableTargets",
        () ->
            client
                .describeScalableTargetsPaginator(
                    b -> b.serviceNamespace(ServiceNamespace.DYNAMODB).resourceIds(resources))
                .scalableTargets()
                .stream()
                .toList());
  }

  private List<ScalingPolicy> policies(ScalableTarget target) {
    return SdkErrors.call(
        "application-autoscaling:DescribeScalingPolicies",
        () ->
            client
                .describeScalingPoliciesPaginator(
                    b ->
                        b.serviceNamespace(ServiceNamespace.DYNAMODB)
                            .resourceId(target.resourceId())
                            .scalableDimension(target.scalableDimension()))
                .scalingPolicies()
                .stream()
                .toList());
  }

  private static void write(ScalingPolicy policy, ObjectNode node) {
    node.put("policyName", policy.policyName());
    node.put("policyType", policy.policyTypeAsString());
    node.put("resourceId", policy.resourceId());
    node.put("scalableDimension", policy.scalableDimensionAsString());
    TargetTrackingScalingPolicyConfiguration tracking =
        policy.targetTrackingScalingPolicyConfiguration();
    if (tracking == null || tracking.predefinedMetricSpecification() == null) {
      return; // a kind that cannot be put back; its name stays, for the outcome to name it
    }
    ObjectNode settings = node.putObject("targetTrackingScalingPolicyConfiguration");
    settings.put("targetValue", tracking.targetValue());
    settings.put(
        "predefinedMetricType",
        tracking.predefinedMetricSpecification().predefinedMetricTypeAsString());
    settings.put("scaleInCooldown", tracking.scaleInCooldown());
    settings.put("scaleOutCooldown", tracking.scaleOutCooldown());
    settings.put("disableScaleIn", tracking.disableScaleIn());
  }

  /**
   * Puts back what {@link #read} returned, for another table, except for indexes it does not have.
   *
   * @throws DynavaultException naming the policies that could not be put back, after the others
   */
  void apply(String text, String tableName, Set<String> indexNames) {
    JsonNode json = parse(text);
    for (JsonNode target : json.path("scalableTargets")) {
      Optional<String> resource = resourceOf(target, tableName, indexNames);
      if (resource.isPresent()) {
        register(target, resource.get());
      }
    }
    List<String> unknown = new ArrayList<>();
    for (JsonNode policy : json.path("scalingPolicies")) {
      Optional<String> resource = resourceOf(policy, tableName, indexNames);
      if (resource.isEmpty()) {
        continue;
      }
      if (policy.has("targetTrackingScalingPolicyConfiguration")) {
        put(policy, resource.get());
      } else {
        unknown.add(policy.path("policyName").asText());
      }
    }
    if (!unknown.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.INCOMPLETE,
          "unable to put back scaling policies '"
              + String.join("', '", unknown)
              + "': not target tracking of a predefined metric");
    }
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new DynavaultException(
          ErrorCode.DAMAGED, "unable to read the auto scaling settings: not JSON", e);
    }
  }

  /** {@code table/orders/index/by-date} of the source as that of the target. */
  private static Optional<String> resourceOf(
      JsonNode node, String tableName, Set<String> indexNames) {
    String[] parts = node.path("resourceId").asText().split("/", -1);
    if (parts.length < 4) {
      return Optional.of("table/" + tableName);
    }
    return indexNames.contains(parts[3])
        ? Optional.of("table/" + tableName + "/index/" + parts[3])
        : Optional.empty();
  }

  private void register(JsonNode target, String resource) {
    RegisterScalableTargetRequest request =
        RegisterScalableTargetRequest.builder()
            .serviceNamespace(ServiceNamespace.DYNAMODB)
            .resourceId(resource)
            .scalableDimension(target.path("scalableDimension").asText())
            .minCapacity(target.path("minCapacity").asInt())
            .maxCapacity(target.path("maxCapacity").asInt())
            .build();
    SdkErrors.call(
        "application-autoscaling:RegisterScalableTarget",
        () -> client.registerScalableTarget(request));
  }

  private void put(JsonNode policy, String resource) {
    JsonNode settings = policy.path("targetTrackingScalingPolicyConfiguration");
    TargetTrackingScalingPolicyConfiguration tracking =
        TargetTrackingScalingPolicyConfiguration.builder()
            .targetValue(settings.path("targetValue").asDouble())
            .predefinedMetricSpecification(
                b -> b.predefinedMetricType(settings.path("predefinedMetricType").asText()))
            .scaleInCooldown(integer(settings, "scaleInCooldown"))
            .scaleOutCooldown(integer(settings, "scaleOutCooldown"))
            .disableScaleIn(settings.path("disableScaleIn").asBoolean())
            .build();
    PutScalingPolicyRequest request =
        PutScalingPolicyRequest.builder()
            .policyName(policy.path("policyName").asText())
            .policyType(PolicyType.TARGET_TRACKING_SCALING)
            .serviceNamespace(ServiceNamespace.DYNAMODB)
            .resourceId(resource)
            .scalableDimension(policy.path("scalableDimension").asText())
            .targetTrackingScalingPolicyConfiguration(tracking)
            .build();
    SdkErrors.call(
        "application-autoscaling:PutScalingPolicy", () -> client.putScalingPolicy(request));
  }

  private static @Nullable Integer integer(JsonNode node, String field) {
    return node.hasNonNull(field) ? Integer.valueOf(node.get(field).asInt()) : null;
  }
}
