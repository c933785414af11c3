// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.deploy.Templates.Wish;
import io.dynavault.deploy.cloudformation.Stack;
import io.dynavault.deploy.cloudformation.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CloudFormation template by itself. cfn-lint looks at it in {@code conformance/run}. */
class CloudFormationTemplateTest {

  @Test
  void everyReferenceLeadsSomewhere() throws IOException {
    assertThat(Template.of(Templates.CLOUDFORMATION).unresolved()).isEmpty();
  }

  @Test
  void everyParameterAndConditionIsUsed() throws IOException {
    assertThat(Template.of(Templates.CLOUDFORMATION).unused()).isEmpty();
  }

  @Test
  void asksOnlyForTheArchiveAndTheBucket() throws IOException {
    Map<String, Boolean> parameters = Template.of(Templates.CLOUDFORMATION).parameters();
    parameters.values().removeIf(required -> !required);

    assertThat(parameters).containsOnlyKeys("BackupBucket", "CodeBucket", "CodeKey");
  }

  @Test
  void fitsIntoARequest() throws IOException {
    assertThat(Files.size(Templates.CLOUDFORMATION)).as("bytes").isLessThan(51_200);
  }

  @Test
  void theBucketOutlivesTheStack() throws IOException {
    assertThat(Files.readString(Templates.CLOUDFORMATION))
        .contains(
            """
                Type: AWS::S3::Bucket
                Condition: MakesBucket
                DeletionPolicy: Retain
                UpdateReplacePolicy: Retain
            """);
  }

  @Test
  void makesNoLoaderAndNoBucketUnlessAsked() {
    Stack stack =
        Wish.defaults()
            .and(Map.of("CreateBucket", "false"), Map.of("create_bucket", false))
            .stack();

    assertThat(stack.resources("AWS::S3::Bucket")).isEmpty();
    assertThat(stack.resources("AWS::Lambda::Function")).hasSize(3);
    assertThat(stack.resources("AWS::Lambda::Alias")).isEmpty();
    assertThat(stack.resources("AWS::SNS::Subscription")).isEmpty();
  }

  @Test
  void aReferenceThatLeadsNowhereIsFound(@TempDir Path folder) throws IOException {
    Path template = folder.resolve("broken.yaml");
    Files.writeString(
        template,
        Files.readString(Templates.CLOUDFORMATION)
            .replace("!GetAtt BackupRole.Arn", "!GetAtt BackupRoll.Arn")
            .replace("${S3ExportsPrefix}/runs/*", "${S3ExportPrefix}/runs/*"));

    assertThat(Template.of(template).unresolved()).containsExactly("BackupRoll", "S3ExportPrefix");
  }

  @Test
  void aliasesOfYamlAreRefused(@TempDir Path folder) throws IOException {
    Path template = folder.resolve("alias.yaml");
    Files.writeString(template, "Resources:\n  A: &a {Type: x}\n  B: *a\n");

    assertThatThrownBy(() -> Template.of(template)).hasMessageContaining("aliases");
  }
}
