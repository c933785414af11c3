// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class SdkClientsTest {
  private static final AwsCredentialsProvider KEY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("KEY", "secret"));

  @TempDir private Path folder;
  private ScriptedServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void callsTheEndpointWithItsRegionAndCredentials() throws IOException {
    server = new ScriptedServer(ScriptedServer.ok("{\"TableNames\":[\"orders\"]}"));

    try (DynamoDbClient client = SdkClients.dynamoDb(endpoint(KEY))) {
      assertThat(client.listTables().tableNames()).containsExactly("orders");
    }

    assertThat(server.requests.get(0).header("Authorization"))
        .contains("Credential=KEY/")
        .contains("/eu-central-1/dynamodb/");
  }

  @Test
  void typesAnswersAsTheTransportDoes() throws IOException {
    server =
        new ScriptedServer(
            ScriptedServer.error(
                400, "com.amazon.coral.service#AccessDeniedException", "not authorized"));

    RefusedException failure = (RefusedException) listTables(endpoint(KEY));

    assertThat(failure.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(failure)
        .hasMessage("unable to call ListTables: AccessDeniedException: not authorized");
    assertThat(failure.hint())
        .isEqualTo("grant dynamodb:ListTables on the table to these credentials");
  }

  @Test
  void saysThatThereAreNoCredentials() throws IOException {
    server = new ScriptedServer(ScriptedServer.ok("{}"));
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create(
              "Unable to load credentials from any of the providers in the chain Chain(a): [a:"
                  + " no]");
        };

    DynavaultException failure = listTables(endpoint(none));

    assertThat(failure.code()).isEqualTo(ErrorCode.CREDENTIALS);
    assertThat(failure)
        .hasMessage(
            "unable to find AWS credentials: Unable to load credentials from any of the providers");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void readsTheCredentialsOfTheProfile() throws IOException {
    server = new ScriptedServer(ScriptedServer.ok("{}"));
    Path file =
        Files.writeString(
            folder.resolve("credentials"),
            "[staging]\naws_access_key_id = STAGING\naws_secret_access_key = secret\n");
    String before = System.setProperty("aws.sharedCredentialsFile", file.toString());
    try (Credentials credentials =
        Credentials.of(
            new EndpointConfig(
                Optional.of("eu-central-1"), Optional.empty(), Optional.of("staging")))) {
      assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("STAGING");

      Files.writeString(file, Files.readString(file).replace("STAGING", "RENEWED"));
      credentials.refresh(credentials.resolve());

      assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("RENEWED");
    } finally {
      if (before == null) {
        System.clearProperty("aws.sharedCredentialsFile");
      } else {
        System.setProperty("aws.sharedCredentialsFile", before);
      }
    }
  }

  @Test
  void saysThatTheServerCannotBeReached() {
    DynavaultException failure =
        SdkErrors.typed(
            "ListTables", SdkClientException.create("Unable to execute HTTP request: refused"));

    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(failure)
        .hasMessage("unable to call ListTables: Unable to execute HTTP request: refused");
  }

  @Test
  void keepsTheInterruptOfAnAbortedCall() {
    DynavaultException failure =
        SdkErrors.typed("ListTables", AbortedException.create("Thread was interrupted"));

    assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void hasAutoScalingBesideAwssEndpointsOnly() {
    assertThat(
            SdkClients.autoScaling(
                EndpointConfig.of(
                    URI.create("http://localhost:1"),
                    "eu-central-1",
                    AnonymousCredentialsProvider.create())))
        .isEmpty();
    try (var client =
        SdkClients.autoScaling(
                new EndpointConfig(
                    Optional.of("eu-central-1"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(KEY)))
            .orElseThrow()) {
      assertThat(client.serviceClientConfiguration().region().id()).isEqualTo("eu-central-1");
    }
  }

  private EndpointConfig endpoint(AwsCredentialsProvider credentials) {
    return EndpointConfig.of(server.uri(), "eu-central-1", credentials);
  }

  private static DynavaultException listTables(EndpointConfig endpoint) {
    try (DynamoDbClient client = SdkClients.dynamoDb(endpoint)) {
      return catchThrowableOfType(
          DynavaultException.class, () -> SdkErrors.call("ListTables", client::listTables));
    }
  }
}
