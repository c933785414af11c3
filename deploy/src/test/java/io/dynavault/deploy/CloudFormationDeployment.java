// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy;

import static java.util.Objects.requireNonNull;

import io.dynavault.deploy.cloudformation.Stack;
import io.dynavault.deploy.cloudformation.Stack.Resource;
import io.dynavault.deploy.iam.Policy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a CloudFormation stack makes. */
final class CloudFormationDeployment {
  private final Stack stack;

  private CloudFormationDeployment(Stack stack) {
    this.stack = stack;
  }

  static Deployment of(Stack stack) {
    CloudFormationDeployment reader = new CloudFormationDeployment(stack);
    return new Deployment(
        reader.functions(),
        reader.grants(),
        reader.trusts(),
        reader.schedules(),
        reader.alarms(),
        reader.bucket(),
        reader.others());
  }

  private Map<String, Map<String, String>> functions() {
    Map<String, Map<String, String>> functions = new TreeMap<>();
    for (Resource function : stack.resources("AWS::Lambda::Function")) {
      Facts facts =
          new Facts()
              .put("handler", function.property("Handler"))
              .put("description", function.property("Description"))
              .put("runtime", function.property("Runtime"))
              .put("architectures", function.property("Architectures"))
              .put("memory", function.property("MemorySize"))
              .put("timeout", function.property("Timeout"))
              .put("bucket", function.object("Code").get("S3Bucket"))
              .put("key", function.object("Code").get("S3Key"))
              .put("dead letters", function.find("DeadLetterConfig").get("TargetArn"))
              .put("recursive loop", function.properties().get("RecursiveLoop"))
              .put("reserved", function.properties().get("ReservedConcurrentExecutions"))
              .put(
                  "snapshots",
                  !function.find("SnapStart").getOrDefault("ApplyOn", "None").equals("None"))
              .putAll("env", Facts.map(function.object("Environment").get("Variables")));
      String name = function.property("FunctionName").toString();
      for (Resource logs : stack.resources("AWS::Logs::LogGroup")) {
        if (logs.property("LogGroupName").equals("/aws/lambda/" + name)) {
          facts.put("log retention", logs.property("RetentionInDays"));
        }
      }
      for (Resource alias : stack.resources("AWS::Lambda::Alias")) {
        if (alias.property("FunctionName").equals(name)) {
          facts.put("alias", alias.property("Name"));
        }
      }
      invocations(name, facts);
      functions.put(Facts.shortName(name), facts.map());
    }
    return functions;
  }

  /** What invokes a function by itself, and how often it is tried. */
  private void invocations(String function, Facts facts) {
    for (Resource config : stack.resources("AWS::Lambda::EventInvokeConfig")) {
      if (config.property("FunctionName").equals(function)) {
        facts
            .put("event age", config.property("MaximumEventAgeInSeconds"))
            .put("event retries", config.property("MaximumRetryAttempts"));
      }
    }
    for (Resource mapping : stack.resources("AWS::Lambda::EventSourceMapping")) {
      if (mapping.property("FunctionName").equals(function)) {
        facts
            .put("stream", mapping.property("EventSourceArn"))
            .put("stream from", mapping.property("StartingPosition"))
            .put("stream batch", mapping.property("BatchSize"))
            .put("stream window", mapping.property("MaximumBatchingWindowInSeconds"))
            .put("stream at once", mapping.property("ParallelizationFactor"))
            .put("stream retries", mapping.property("MaximumRetryAttempts"))
            .put("stream age", mapping.property("MaximumRecordAgeInSeconds"))
            .put("stream bisects", mapping.property("BisectBatchOnFunctionError"))
            .put("stream answers", mapping.property("FunctionResponseTypes"));
      }
    }
  }

  /** What a role may do, by the name of its policy. */
  static Policy policy(Stack stack, String name) {
    return requireNonNull(policies(stack).get(name), name);
  }

  private static Map<String, Policy> policies(Stack stack) {
    Map<String, Policy> policies = new TreeMap<>();
    for (Resource role : stack.resources("AWS::IAM::Role")) {
      Map<String, Object> policy = Facts.map(((List<?>) role.property("Policies")).get(0));
      policies.put(
          policy.get("PolicyName").toString(), Policy.of(Facts.map(policy.get("PolicyDocument"))));
    }
    return policies;
  }

  private Map<String, Set<String>> grants() {
    Map<String, Set<String>> grants = new TreeMap<>();
    policies(stack).forEach((name, policy) -> grants.put(name, policy.lines()));
    return grants;
  }

  private Map<String, Set<String>> trusts() {
    Map<String, Set<String>> trusts = new TreeMap<>();
    for (Resource role : stack.resources("AWS::IAM::Role")) {
      Map<String, Object> policy = Facts.map(((List<?>) role.property("Policies")).get(0));
      trusts.put(
          policy.get("PolicyName").toString(),
          Policy.of(role.object("AssumeRolePolicyDocument")).lines());
    }
    return trusts;
  }

  private Map<String, Map<String, String>> schedules() {
    Map<String, Map<String, String>> schedules = new TreeMap<>();
    for (Resource schedule : stack.resources("AWS::Scheduler::Schedule")) {
      Map<String, Object> target = schedule.object("Target");
      schedules.put(
          Facts.shortName(schedule.property("Name")),
          new Facts()
              .put("description", schedule.property("Description"))
              .put("expression", schedule.property("ScheduleExpression"))
              .put("time zone", schedule.property("ScheduleExpressionTimezone"))
              .put("state", schedule.property("State"))
              .put("window", schedule.object("FlexibleTimeWindow").get("Mode"))
              .put("target", target.get("Arn"))
              .putAll("event", Facts.json(target.get("Input")))
              .put(
                  "dead letters",
                  Facts.map(target.getOrDefault("DeadLetterConfig", Map.of())).get("Arn"))
              .put("retries", Facts.map(target.get("RetryPolicy")).get("MaximumRetryAttempts"))
              .put(
                  "event age", Facts.map(target.get("RetryPolicy")).get("MaximumEventAgeInSeconds"))
              .map());
    }
    return schedules;
  }

  private Map<String, Map<String, String>> alarms() {
    Map<String, Map<String, String>> alarms = new TreeMap<>();
    for (Resource alarm : stack.resources("AWS::CloudWatch::Alarm")) {
      Facts facts =
          new Facts()
              .put("description", alarm.property("AlarmDescription"))
              .put("metric", alarm.property("Namespace") + " " + alarm.property("MetricName"))
              .put("statistic", alarm.property("Statistic"))
              .put("period", alarm.property("Period"))
              .put("evaluation periods", alarm.property("EvaluationPeriods"))
              .put("datapoints", alarm.property("DatapointsToAlarm"))
              .put("threshold", alarm.property("Threshold"))
              .put("comparison", alarm.property("ComparisonOperator"))
              .put("missing data", alarm.property("TreatMissingData"))
              .put("alarm tells", alarm.property("AlarmActions"))
              .put("ok tells", alarm.property("OKActions"));
      for (Object dimension : (List<?>) alarm.property("Dimensions")) {
        Map<String, Object> pair = Facts.map(dimension);
        facts.put("dimension " + pair.get("Name"), pair.get("Value"));
      }
      alarms.put(Facts.shortName(alarm.property("AlarmName")), facts.map());
    }
    return alarms;
  }

  private Map<String, String> bucket() {
    Facts facts = new Facts();
    for (Resource bucket : stack.resources("AWS::S3::Bucket")) {
      Map<String, Object> encryption =
          Facts.only(bucket.object("BucketEncryption").get("ServerSideEncryptionConfiguration"));
      Map<String, Object> byDefault = Facts.map(encryption.get("ServerSideEncryptionByDefault"));
      Map<String, Object> access = bucket.object("PublicAccessBlockConfiguration");
      facts
          .put("name", bucket.property("BucketName"))
          .put("versioning", bucket.object("VersioningConfiguration").get("Status"))
          .put("encryption", byDefault.get("SSEAlgorithm"))
          .put("key", byDefault.get("KMSMasterKeyID"))
          .put("bucket key", encryption.get("BucketKeyEnabled"))
          .put("block acls", access.get("BlockPublicAcls"))
          .put("block policy", access.get("BlockPublicPolicy"))
          .put("ignore acls", access.get("IgnorePublicAcls"))
          .put("restrict", access.get("RestrictPublicBuckets"))
          .put(
              "ownership",
              Facts.only(bucket.object("OwnershipControls").get("Rules")).get("ObjectOwnership"))
          .put("lock", bucket.properties().getOrDefault("ObjectLockEnabled", false));
      if (bucket.properties().containsKey("ObjectLockConfiguration")) {
        Map<String, Object> rule = Facts.map(bucket.object("ObjectLockConfiguration").get("Rule"));
        Map<String, Object> retention = Facts.map(rule.get("DefaultRetention"));
        facts.put("lock mode", retention.get("Mode")).put("lock days", retention.get("Days"));
      }
      for (Object rule : (List<?>) bucket.object("LifecycleConfiguration").get("Rules")) {
        lifecycle(facts, Facts.map(rule));
      }
    }
    stack
        .resources("AWS::S3::BucketPolicy")
        .forEach(p -> facts.put("policy", Policy.of(p.object("PolicyDocument")).lines()));
    return facts.map();
  }

  private static void lifecycle(Facts facts, Map<String, Object> rule) {
    String id = "rule " + rule.get("Id") + " ";
    facts
        .put(id + "status", rule.get("Status"))
        .put(id + "prefix", rule.get("Prefix"))
        .put(id + "larger than", rule.get("ObjectSizeGreaterThan"));
    if (rule.get("Transitions") instanceof List<?> transitions) {
      for (Object transition : transitions) {
        Map<String, Object> step = Facts.map(transition);
        facts.put(id + step.get("StorageClass"), step.get("TransitionInDays"));
      }
    }
    if (rule.containsKey("NoncurrentVersionExpiration")) {
      facts.put(
          id + "noncurrent",
          Facts.map(rule.get("NoncurrentVersionExpiration")).get("NoncurrentDays"));
    }
    if (rule.containsKey("AbortIncompleteMultipartUpload")) {
      facts.put(
          id + "abort",
          Facts.map(rule.get("AbortIncompleteMultipartUpload")).get("DaysAfterInitiation"));
    }
  }

  private Map<String, String> others() {
    Facts facts = new Facts();
    stack.resources("AWS::SNS::Topic").forEach(t -> facts.put("topic", t.property("TopicName")));
    stack
        .resources("AWS::SNS::TopicPolicy")
        .forEach(p -> facts.put("topic policy", Policy.of(p.object("PolicyDocument")).lines()));
    stack
        .resources("AWS::SNS::Subscription")
        .forEach(s -> facts.put("told by " + s.property("Protocol"), s.property("Endpoint")));
    for (Resource queue : stack.resources("AWS::SQS::Queue")) {
      facts
          .put("queue", queue.property("QueueName"))
          .put("queue keeps", queue.property("MessageRetentionPeriod"))
          .put("queue encrypted", queue.property("SqsManagedSseEnabled"));
    }
    for (Resource permission : stack.resources("AWS::Lambda::Permission")) {
      facts
          .put("invoked by", permission.property("Principal"))
          .put("invoked from", permission.property("SourceArn"))
          .put("invoked of", permission.property("SourceAccount"));
    }
    return facts.map();
  }
}
