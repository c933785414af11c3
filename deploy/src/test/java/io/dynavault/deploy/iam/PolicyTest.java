// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final String ORDERS = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";

  @Test
  void refusesWhatNoStatementNames() {
    Policy policy =
        policy(
            """
            {"Effect":"Allow","Action":"dynamodb:Scan","Resource":"*"}\
            """);

    assertThat(policy.allows("dynamodb:Scan", ORDERS)).isTrue();
    assertThat(policy.allows("dynamodb:PutItem", ORDERS)).isFalse();
  }

  @Test
  void anExplicitDenyWinsWhateverTheOrder() {
    Policy policy =
        policy(
            """
            {"Effect":"Deny","Action":"dynamodb:DeleteBackup","Resource":"*"},
            {"Effect":"Allow","Action":"dynamodb:*","Resource":"*"}\
            """);

    assertThat(policy.allows("dynamodb:DeleteBackup", ORDERS + "/backup/1")).isFalse();
    assertThat(policy.allows("dynamodb:DescribeBackup", ORDERS + "/backup/1")).isTrue();
  }

  @Test
  void wildcardsMatchInActionsWithoutCaseAndInResourcesWithIt() {
    Policy policy =
        policy(
            """
            {"Effect":"Allow","Action":"DynamoDB:describe*","Resource":"arn:aws:dynamodb:*:*:table/order?"}\
            """);

    assertThat(policy.allows("dynamodb:DescribeTable", ORDERS)).isTrue();
    assertThat(policy.allows("dynamodb:DescribeTable", ORDERS.replace("orders", "ORDERS")))
        .isFalse();
    assertThat(policy.allows("dynamodb:DescribeTable", ORDERS + "/backup/1")).isFalse();
  }

  @Test
  void notActionAndNotResourceCoverAllOthers() {
    Policy policy =
        policy(
            """
            {"Effect":"Allow","NotAction":["iam:*","dynamodb:Delete*"],"NotResource":"*/secret"}\
            """);

    assertThat(policy.allows("dynamodb:Scan", ORDERS)).isTrue();
    assertThat(policy.allows("dynamodb:DeleteTable", ORDERS)).isFalse();
    assertThat(policy.allows("dynamodb:Scan", "table/secret")).isFalse();
  }

  @Test
  void allConditionsHaveToHoldAndOneValueOfEach() {
    Policy policy =
        policy(
            """
            {"Effect":"Allow","Action":"*","Resource":"*","Condition":{
              "StringEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]},
              "StringNotLike":{"aws:ResourceTag/stage":"test*"},
              "Bool":{"aws:SecureTransport":"true"}}}\
            """);
    Map<String, String> good =
        Map.of("aws:RequestedRegion", "eu-central-1", "aws:SecureTransport", "true");

    assertThat(policy.allows("s3:GetObject", "x", good)).isTrue();
    assertThat(policy.allows("s3:GetObject", "x")).as("keys that are not there").isFalse();
    assertThat(
            policy.allows(
                "s3:GetObject",
                "x",
                Map.of(
                    "aws:RequestedRegion",
                    "eu-west-1",
                    "aws:SecureTransport",
                    "true",
                    "aws:ResourceTag/stage",
                    "test1")))
        .isFalse();
  }

  @Test
  void aConditionItDoesNotKnowIsAnError() {
    Policy policy =
        policy(
            """
            {"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}\
            """);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.allows("a:B", "x", Map.of("aws:SourceIp", "10.0.0.1")))
        .withMessageContaining("IpAddress");
  }

  private static Policy policy(String statements) {
    return Policy.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
  }
}
