// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * How S3 is reached and how objects are kept there. What is empty is decided by the environment,
 * profile and instance in the order that the AWS SDK documents; the region as {@link
 * io.dynavault.core.transport.RegionLookup} does.
 *
 * @param region the client's region; a bucket of another one is found by itself
 * @param endpoint address of another server than AWS
 * @param profile profile of the AWS configuration files
 * @param credentials credentials to use in place of the SDK's chain
 * @param addressing how a bucket is named in a request
 * @param encryption how S3 encrypts new objects
 * @param storageClass S3's name of the storage class of what is uploaded as a stream, such as
 *     {@code STANDARD_IA}; small objects written at once stay in that of the bucket
 * @param partBytes size of a part of a multipart upload, and so the memory that an upload takes; of
 *     very large objects later parts are larger
 */
public record S3Config(
    Optional<String> region,
    Optional<URI> endpoint,
    Optional<String> profile,
    Optional<AwsCredentialsProvider> credentials,
    Addressing addressing,
    S3Encryption encryption,
    Optional<String> storageClass,
    int partBytes) {
  /** The smallest part that S3 takes, but for the last one. */
  public static final int MIN_PART_BYTES = 5 * 1024 * 1024;

  /** Also bounds what one upload holds in memory at its start. */
  public static final int MAX_PART_BYTES = 512 * 1024 * 1024;

  private static final int DEFAULT_PART_BYTES = 8 * 1024 * 1024;

  /** How a bucket is named in a request. */
  public enum Addressing {
    /** In the path where an endpoint is given, else in the host's name. */
    AUTOMATIC,
    /** In the path: {@code host/bucket/key}. */
    PATH,
    /** In the host's name: {@code bucket.host/key}. */
    VIRTUAL_HOST
  }

  public S3Config {
    requireNonNull(region, "region is null");
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(profile, "profile is null");
    requireNonNull(credentials, "credentials is null");
    requireNonNull(addressing, "addressing is null");
    requireNonNull(encryption, "encryption is null");
    requireNonNull(storageClass, "storageClass is null");
    if (partBytes < MIN_PART_BYTES || partBytes > MAX_PART_BYTES) {
      throw new IllegalArgumentException(
          "partBytes is not between " + MIN_PART_BYTES + " and " + MAX_PART_BYTES);
    }
  }

  /** AWS, with everything from the environment. */
  public static S3Config defaults() {
    return new S3Config(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Addressing.AUTOMATIC,
        S3Encryption.bucketDefault(),
        Optional.empty(),
        DEFAULT_PART_BYTES);
  }

  public S3Config withRegion(String changed) {
    return new S3Config(
        Optional.of(changed),
        endpoint,
        profile,
        credentials,
        addressing,
        encryption,
        storageClass,
        partBytes);
  }

  public S3Config withEndpoint(URI changed) {
    return new S3Config(
        region,
        Optional.of(changed),
        profile,
        credentials,
        addressing,
        encryption,
        storageClass,
        partBytes);
  }

  public S3Config withProfile(String changed) {
    return new S3Config(
        region,
        endpoint,
        Optional.of(changed),
        credentials,
        addressing,
        encryption,
        storageClass,
        partBytes);
  }

  public S3Config withCredentials(AwsCredentialsProvider changed) {
    return new S3Config(
        region,
        endpoint,
        profile,
        Optional.of(changed),
        addressing,
        encryption,
        storageClass,
        partBytes);
  }

  public S3Config withAddressing(Addressing changed) {
    return new S3Config(
        region, endpoint, profile, credentials, changed, encryption, storageClass, partBytes);
  }

  public S3Config withEncryption(S3Encryption changed) {
    return new S3Config(
        region, endpoint, profile, credentials, addressing, changed, storageClass, partBytes);
  }

  public S3Config withStorageClass(String changed) {
    return new S3Config(
        region,
        endpoint,
        profile,
        credentials,
        addressing,
        encryption,
        Optional.of(changed),
        partBytes);
  }

  public S3Config withPartBytes(int changed) {
    return new S3Config(
        region, endpoint, profile, credentials, addressing, encryption, storageClass, changed);
  }
}
