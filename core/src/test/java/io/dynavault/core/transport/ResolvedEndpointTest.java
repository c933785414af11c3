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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDK reads system properties as it reads environment variables; these tests set them. */
class ResolvedEndpointTest {
  private final Map<String, String> before = new HashMap<>();
  @TempDir private Path folder;

  @BeforeEach
  void useProfilesOfTheTest() throws IOException {
    Path config = folder.resolve("config");
    Files.writeString(
        config,
        """
        [default]
        region = eu-north-1
        [profile staging]
        region = ap-south-1
        services = staging
        [services staging]
        dynamodb =
          endpoint_url = http://staging:8000
        """);
    set("aws.configFile", config.toString());
    set("aws.sharedCredentialsFile", folder.resolve("none").toString());
    set("aws.disableEc2Metadata", "true");
    set("aws.region", ""); // goes before the variables of whoever runs the tests
    set("aws.defaultRegion", "");
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
  void takesTheRegionsEndpoint() {
    assertThat(resolve("us-west-2", null, null))
        .isEqualTo(
            new ResolvedEndpoint(
                URI.create("https://dynamodb.us-west-2.amazonaws.com"), "us-west-2", false));
  }

  @Test
  void takesRegionsOfOtherPartitions() {
    assertThat(resolve("cn-north-1", null, null).uri())
        .isEqualTo(URI.create("https://dynamodb.cn-north-1.amazonaws.com.cn"));
  }

  @Test
  void prefersTheOptionThenTheEnvironmentThenTheProfile() {
    assertThat(resolve(null, null, null).region()).isEqualTo("eu-north-1");
    set("aws.defaultRegion", "ca-central-1");
    assertThat(resolve(null, null, null).region()).isEqualTo("ca-central-1");
    assertThat(resolve(null, null, "staging").region())
        .as("as in the AWS CLI, which takes the variable before the region of a named profile")
        .isEqualTo("ca-central-1");
    set("aws.region", "sa-east-1");
    assertThat(resolve(null, null, null).region()).isEqualTo("sa-east-1");
    assertThat(resolve("us-west-2", null, null).region()).isEqualTo("us-west-2");
  }

  @Test
  void anEmptyVariableNamesNoRegion() {
    set("aws.region", "");
    set("aws.defaultRegion", " ");

    assertThat(resolve(null, null, null).region()).isEqualTo("eu-north-1");
  }

  @Test
  void prefersTheGivenEndpointThenDynamoDbsThenTheGeneralOne() {
    set("aws.endpointUrl", "http://general:1");
    assertThat(resolve("us-west-2", null, null).uri()).isEqualTo(URI.create("http://general:1"));
    set("aws.endpointUrlDynamoDb", "http://dynamodb:2");
    assertThat(resolve("us-west-2", null, null).uri()).isEqualTo(URI.create("http://dynamodb:2"));
    assertThat(resolve("us-west-2", "http://given:3", null))
        .isEqualTo(new ResolvedEndpoint(URI.create("http://given:3"), "us-west-2", true));
  }

  @Test
  void takesRegionAndEndpointOfTheProfile() {
    assertThat(resolve(null, null, "staging"))
        .isEqualTo(new ResolvedEndpoint(URI.create("http://staging:8000"), "ap-south-1", true));
  }

  @Test
  void needsNoRegionForAGivenEndpoint() throws IOException {
    Files.writeString(folder.resolve("config"), "[default]\n");

    assertThat(resolve(null, "http://localhost:8000", null).region()).isEqualTo("us-east-1");
  }

  @Test
  void saysThatNoRegionIsKnown() throws IOException {
    Files.writeString(folder.resolve("config"), "[default]\n");

    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> resolve(null, null, null));

    assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(failure.hint())
        .isEqualTo("give --region, or set AWS_REGION, AWS_DEFAULT_REGION or the profile's region");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8000", "ftp://host", "http:///path", "//host"})
  void refusesAnEndpointThatIsNoHttpAddress(String endpoint) {
    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> resolve("us-west-2", endpoint, null));

    assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(failure)
        .hasMessage(
            "unable to use endpoint '" + endpoint + "': it is not an http or https address");
  }

  private static URI streams(String region, String endpoint) {
    return ResolvedEndpoint.resolveStreams(
            new EndpointConfig(
                Optional.of(region),
                Optional.ofNullable(endpoint).map(URI::create),
                Optional.empty()))
        .uri();
  }

  @Test
  void streamsOfAwsHaveEndpointsOfTheirOwn() {
    assertThat(streams("us-west-2", null))
        .isEqualTo(URI.create("https://streams.dynamodb.us-west-2.amazonaws.com"));
    assertThat(streams("cn-north-1", null))
        .isEqualTo(URI.create("https://streams.dynamodb.cn-north-1.amazonaws.com.cn"));
    assertThat(streams("us-west-2", "https://dynamodb.us-west-2.amazonaws.com"))
        .isEqualTo(URI.create("https://streams.dynamodb.us-west-2.amazonaws.com"));
    assertThat(streams("us-west-2", "https://dynamodb.us-west-2.api.aws"))
        .isEqualTo(URI.create("https://streams-dynamodb.us-west-2.api.aws"));
    assertThat(streams("us-west-2", "https://vpce-1.dynamodb.us-west-2.vpce.amazonaws.com"))
        .as("endpoints for tables in a VPC have no streams")
        .isEqualTo(URI.create("https://streams.dynamodb.us-west-2.amazonaws.com"));
  }

  @Test
  void streamsOfOtherServersAreWhereTheirTablesAre() {
    assertThat(streams("us-west-2", "http://given:3")).isEqualTo(URI.create("http://given:3"));
    set("aws.endpointUrlDynamoDb", "http://dynamodb:2");
    assertThat(streams("us-west-2", null)).isEqualTo(URI.create("http://dynamodb:2"));
    set("aws.endpointUrl", "http://general:1");
    assertThat(streams("us-west-2", null)).isEqualTo(URI.create("http://dynamodb:2"));
    set("aws.endpointUrlDynamoDbStreams", "http://streams:4");
    assertThat(streams("us-west-2", null)).isEqualTo(URI.create("http://streams:4"));
  }

  private void set(String property, String value) {
    before.putIfAbsent(property, System.getProperty(property));
    System.setProperty(property, value);
  }

  private static ResolvedEndpoint resolve(String region, String endpoint, String profile) {
    return ResolvedEndpoint.resolve(
        new EndpointConfig(
            Optional.ofNullable(region),
            Optional.ofNullable(endpoint).map(URI::create),
            Optional.ofNullable(profile)));
  }
}
