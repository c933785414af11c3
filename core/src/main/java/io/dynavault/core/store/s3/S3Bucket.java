// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.StoreLocation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** A client together with the bucket and prefix it works on: names, calls and their failures. */
final class S3Bucket {
  private final StoreLocation.Bucket location;
  private final S3Config config;
  private final S3Client client;
  private final InstantSource clock;
  private final S3Failures failures;

  S3Bucket(StoreLocation.Bucket location, S3Config config, S3Client client, InstantSource clock) {
    this.location = location;
    this.config = config;
    this.client = client;
    this.clock = clock;
    this.failures = new S3Failures(location);
  }

  S3Client client() {
    return client;
  }

  S3Config config() {
    return config;
  }

  S3Failures failures() {
    return failures;
  }

  String bucket() {
    return location.name();
  }

  /** The key in the bucket of a key, or of a prefix, below the root. */
  String fullKey(String key) {
    return location.prefix().isEmpty() ? key : location.prefix() + "/" + key;
  }

  /** The reverse of {@link #fullKey}; empty for what does not lie below the root. */
  Optional<String> relativeKey(String fullKey) {
    String root = fullKey("");
    return fullKey.startsWith(root)
        ? Optional.of(fullKey.substring(root.length()))
        : Optional.empty();
  }

  /** The object as messages name it. */
  String name(String key) {
    return "s3://" + bucket() + "/" + fullKey(key);
  }

  /** Sends a request; failures are those of the operation on what is named. */
  <T> T call(S3Operation operation, String name, Supplier<T> request) {
    try {
      return send(request);
    } catch (SdkException e) {
      throw map(operation, name, e);
    }
  }

  /**
   * Sends a request, once more if its token had expired: the SDK resolves credentials once per
   * call, so only a new call takes those that a provider renewed meanwhile.
   */
  <T> T send(Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      if (!S3Failures.isExpiredToken(e)) {
        throw e;
      }
      return request.get();
    }
  }

  DynavaultException map(S3Operation operation, String name, SdkException e) {
    return failures.map(operation, name, e);
  }

  /** The settings of a new object that is uploaded at once. */
  PutObjectRequest.Builder uploadRequest(String key) {
    PutObjectRequest.Builder request = putRequest(key);
    config.storageClass().ifPresent(request::storageClass);
    return request;
  }

  /**
   * The settings of a new object that is small. It is kept in the bucket's own storage class: what
   * is small changes often, and cheaper classes charge for 128 KB and 30 days at least.
   */
  PutObjectRequest.Builder putRequest(String key) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(bucket()).key(fullKey(key));
    if (config.encryption() instanceof S3Encryption.Kms kms) {
      request.serverSideEncryption(ServerSideEncryption.AWS_KMS);
      kms.keyId().ifPresent(request::ssekmsKeyId);
    } else if (config.encryption() instanceof S3Encryption.S3Managed) {
      request.serverSideEncryption(ServerSideEncryption.AES256);
    }
    return request;
  }

  /** The settings of a new object that is uploaded in parts. */
  CreateMultipartUploadRequest.Builder createRequest(String key) {
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder().bucket(bucket()).key(fullKey(key));
    config.storageClass().ifPresent(request::storageClass);
    if (config.encryption() instanceof S3Encryption.Kms kms) {
      request.serverSideEncryption(ServerSideEncryption.AWS_KMS);
      kms.keyId().ifPresent(request::ssekmsKeyId);
    } else if (config.encryption() instanceof S3Encryption.S3Managed) {
      request.serverSideEncryption(ServerSideEncryption.AES256);
    }
    return request;
  }

  /** What was written; PutObject answers no time of last write, but the server's clock. */
  ObjectInfo written(String key, long size, PutObjectResponse response) {
    Instant now =
        response
            .sdkHttpResponse()
            .firstMatchingHeader("Date")
            .flatMap(S3Bucket::parseDate)
            .orElseGet(clock::instant);
    return new ObjectInfo(key, size, now, response.eTag());
  }

  private static Optional<Instant> parseDate(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
