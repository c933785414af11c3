// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The SDK reads system properties as it reads environment variables; these tests set them. */
class S3ClientsTest {
  private final Map<String, String> before = new HashMap<>();
  @TempDir private Path folder;

  @BeforeEach
  void useProfilesOfTheTest() throws IOException {
    Path config = folder.resolve("config");
    Files.writeString(config, "[profile staging]\nregion = ap-south-1\n");
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
  void findsTheRegionInTheOrderInWhichTheTablesIsFound() {
    S3Config config = S3Config.defaults();
    assertThat(region(config)).as("where S3 says which it is").isEqualTo("us-east-1");
    assertThat(region(config.withProfile("staging"))).isEqualTo("ap-south-1");
    set("aws.defaultRegion", "ca-central-1");
    assertThat(region(config.withProfile("staging"))).isEqualTo("ca-central-1");
    set("aws.region", "sa-east-1");
    assertThat(region(config.withProfile("staging"))).isEqualTo("sa-east-1");
    assertThat(region(config.withRegion("us-west-2"))).isEqualTo("us-west-2");
  }

  private void set(String property, String value) {
    before.putIfAbsent(property, System.getProperty(property));
    System.setProperty(property, value);
  }

  private static String region(S3Config config) {
    try (S3Client client = S3Clients.create(config)) {
      return client.serviceClientConfiguration().region().id();
    }
  }
}
