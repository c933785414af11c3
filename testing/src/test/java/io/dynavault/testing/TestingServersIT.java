// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

class TestingServersIT {
  @Test
  void givesOneServerAndClientPerJvm() {
    assertThat(TestingServers.dynamoDb()).isSameAs(TestingServers.dynamoDb());
    assertThat(TestingServers.dynamoDbClient().listTables().tableNames()).isNotNull();
    assertThat(TestingServers.newTableName("t")).isNotEqualTo(TestingServers.newTableName("t"));
  }

  @Test
  void givesBucketsThatExist() {
    String bucket = TestingServers.newBucket();
    TestingServers.s3Client()
        .putObject(b -> b.bucket(bucket).key("k"), RequestBody.fromString("v"));

    assertThat(TestingServers.s3Client().listObjectsV2(b -> b.bucket(bucket)).keyCount())
        .isEqualTo(1);
  }
}
