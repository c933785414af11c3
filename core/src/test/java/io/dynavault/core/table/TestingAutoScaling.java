// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ApplicationAutoScalingException;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingPoliciesRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingPoliciesResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;

/** Application Auto Scaling in memory. */
final class TestingAutoScaling implements ApplicationAutoScalingClient {
  final List<ScalableTarget> targets = new ArrayList<>();
  final List<ScalingPolicy> policies = new ArrayList<>();
  boolean denied;

  @Override
  public DescribeScalableTargetsResponse describeScalableTargets(
      DescribeScalableTargetsRequest request) {
    if (denied) {
      throw (ApplicationAutoScalingException)
          ApplicationAutoScalingException.builder()
              .statusCode(400)
              .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
              .build();
    }
    return DescribeScalableTargetsResponse.builder()
        .scalableTargets(
            targets.stream().filter(t -> request.resourceIds().contains(t.resourceId())).toList())
        .build();
  }

  @Override
  public DescribeScalingPoliciesResponse describeScalingPolicies(
      DescribeScalingPoliciesRequest request) {
    return DescribeScalingPoliciesResponse.builder()
        .scalingPolicies(
            policies.stream()
                .filter(p -> p.resourceId().equals(request.resourceId()))
                .filter(p -> p.scalableDimension() == request.scalableDimension())
                .toList())
        .build();
  }

  @Override
  public RegisterScalableTargetResponse registerScalableTarget(
      RegisterScalableTargetRequest request) {
    targets.add(
        ScalableTarget.builder()
            .resourceId(request.resourceId())
            .scalableDimension(request.scalableDimension())
            .minCapacity(request.minCapacity())
            .maxCapacity(request.maxCapacity())
            .build());
    return RegisterScalableTargetResponse.builder().build();
  }

  @Override
  public PutScalingPolicyResponse putScalingPolicy(PutScalingPolicyRequest request) {
    policies.add(
        ScalingPolicy.builder()
            .policyName(request.policyName())
            .policyType(request.policyType())
            .resourceId(request.resourceId())
            .scalableDimension(request.scalableDimension())
            .targetTrackingScalingPolicyConfiguration(
                request.targetTrackingScalingPolicyConfiguration())
            .build());
    return PutScalingPolicyResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "application-autoscaling";
  }

  @Override
  public void close() {}
}
