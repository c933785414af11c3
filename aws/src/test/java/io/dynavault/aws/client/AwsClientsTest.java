// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.transport.EndpointConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The SDK reads system properties as it reads environment variables; these tests set them. */
class AwsClientsTest {
  private static final URI GIVEN = URI.create("http://given:1");
  private static final URI GENERAL = URI.create("http://general:2");
  private static final URI OWN = URI.create("http://own:3");
  private static final Optional<URI> AWS = Optional.empty();

  private final Map<String, String> before = new HashMap<>();

  @BeforeEach
  void useNoProfiles() {
    set("aws.configFile", "/dev/null");
    set("aws.sharedCredentialsFile", "/dev/null");
  }

  @AfterEach
  void restoreProperties() {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  @Test
  void callsAwsWhereNobodyNamesAnEndpoint() {
    try (AwsClients clients = clients(Optional.empty())) {
      assertThat(endpointsBesideDynamoDb(clients)).containsOnly(AWS);
      assertThat(clients.backup().serviceClientConfiguration().region().id())
          .isEqualTo("eu-central-1");
    }
  }

  @Test
  void takesTheGivenEndpointForOneThatAnswersForAllOfAws() {
    try (AwsClients clients = clients(Optional.of(GIVEN))) {
      assertThat(endpointsBesideDynamoDb(clients)).containsOnly(Optional.of(GIVEN));
      assertThat(clients.dynamoDb().serviceClientConfiguration().endpointOverride())
          .contains(GIVEN);
    }
  }

  @Test
  void sendsOtherServicesWhereTheEnvironmentDoesThoughDynamoDbIsElsewhere() {
    set("aws.endpointUrl", GENERAL.toString());

    try (AwsClients clients = clients(Optional.of(GIVEN))) {
      assertThat(endpointsBesideDynamoDb(clients)).containsOnly(Optional.of(GENERAL));
      assertThat(clients.dynamoDb().serviceClientConfiguration().endpointOverride())
          .contains(GIVEN);
    }
  }

  @Test
  void redirectsOneServiceAlone() {
    set("aws.endpointUrlCloudWatchLogs", OWN.toString());

    try (AwsClients clients = clients(Optional.of(GIVEN))) {
      assertThat(clients.logs().serviceClientConfiguration().endpointOverride()).contains(OWN);
      assertThat(clients.backup().serviceClientConfiguration().endpointOverride()).contains(GIVEN);
    }
  }

  @Test
  void opensEveryClientOnce() {
    try (AwsClients clients = clients(Optional.of(GIVEN))) {
      assertThat(clients.dynamoDb()).isSameAs(clients.dynamoDb());
    }
  }

  private static List<Optional<URI>> endpointsBesideDynamoDb(AwsClients clients) {
    return List.of(
        clients.backup().serviceClientConfiguration().endpointOverride(),
        clients.logs().serviceClientConfiguration().endpointOverride(),
        clients.tagging().serviceClientConfiguration().endpointOverride(),
        clients.sns().serviceClientConfiguration().endpointOverride(),
        clients.sts().serviceClientConfiguration().endpointOverride());
  }

  private static AwsClients clients(Optional<URI> endpoint) {
    return AwsClients.of(
        new EndpointConfig(
            Optional.of("eu-central-1"),
            endpoint,
            Optional.empty(),
            Optional.of(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("KEY", "secret")))));
  }

  private void set(String property, String value) {
    before.putIfAbsent(property, System.getProperty(property));
    System.setProperty(property, value);
  }
}
