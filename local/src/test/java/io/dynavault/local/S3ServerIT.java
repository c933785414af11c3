// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ServerIT {
  @TempDir Path data;

  @Test
  void keepsObjectsInItsFolderBeyondItsEnd() {
    S3Server server = S3Server.start(data);
    try (S3Client client = client(server, server.credentials())) {
      server.createBucket("backups");
      client.putObject(b -> b.bucket("backups").key("a/b.txt"), RequestBody.fromString("hello"));
    } finally {
      server.close();
    }
    assertThat(server.process().handle().isAlive()).isFalse();
    assertThat(server.process().workingFolder()).doesNotExist();
    assertThat(data.resolve("backups/a/b.txt")).hasContent("hello");

    try (S3Server again = S3Server.start(data);
        S3Client client = client(again, again.credentials())) {
      assertThat(
              client
                  .getObjectAsBytes(b -> b.bucket("backups").key("a/b.txt").range("bytes=1-3"))
                  .asUtf8String())
          .isEqualTo("ell");
    }
  }

  @Test
  void putsAnObjectThatMustNotExistOnlyOnce() {
    try (S3Server server = S3Server.start(data);
        S3Client client = client(server, server.credentials())) {
      server.createBucket("backups");
      client.putObject(
          b -> b.bucket("backups").key("once").ifNoneMatch("*"), RequestBody.fromString("first"));

      assertThatThrownBy(
              () ->
                  client.putObject(
                      b -> b.bucket("backups").key("once").ifNoneMatch("*"),
                      RequestBody.fromString("second")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
    }
  }

  @Test
  void refusesAnotherSecret() {
    try (S3Server server = S3Server.start(data);
        S3Client client = client(server, new LocalCredentials("dynavault", "wrong"))) {
      assertThatThrownBy(client::listBuckets)
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  private static S3Client client(S3Server server, LocalCredentials credentials) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    credentials.accessKeyId(), credentials.secretAccessKey())))
        .build();
  }
}
