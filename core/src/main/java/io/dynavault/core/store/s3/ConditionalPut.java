// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * A write that S3 carries out only if the key is in the expected state. What makes it more than one
 * request is the lost answer: the SDK repeats the request and S3 refuses it because of our own
 * object. Then the object is read back, and identical content counts as written by us.
 */
final class ConditionalPut {
  private final S3Bucket bucket;
  private final Downloads downloads;
  private final String key;
  private final byte[] content;
  private final AttemptCount attempts = new AttemptCount();

  ConditionalPut(S3Bucket bucket, Downloads downloads, String key, byte[] content) {
    this.bucket = bucket;
    this.downloads = downloads;
    this.key = key;
    this.content = content;
  }

  /** Writes if nothing has the key. */
  Optional<ObjectInfo> ifAbsent() {
    return put(request().ifNoneMatch("*").build());
  }

  /** Writes if what has the key has the version still. */
  Optional<ObjectInfo> ifVersion(String version) {
    return put(request().ifMatch(version).build());
  }

  private PutObjectRequest.Builder request() {
    return bucket
        .putRequest(key)
        .checksumCRC32(Crc32Text.of(content))
        .overrideConfiguration(attempts::count);
  }

  private Optional<ObjectInfo> put(PutObjectRequest request) {
    try {
      PutObjectResponse response =
          bucket.send(() -> bucket.client().putObject(request, RequestBody.fromBytes(content)));
      return Optional.of(bucket.written(key, content.length, response));
    } catch (SdkException e) {
      DynavaultException failure = bucket.map(S3Operation.WRITE, bucket.name(key), e);
      if (isRefusal(e)) {
        return attempts.isRepeated() ? ownObject(failure) : Optional.empty();
      }
      if (!S3Failures.isOutcomeOpen(e) || failure.code() == ErrorCode.INTERRUPTED) {
        throw failure;
      }
      return settle(e, failure, request);
    }
  }

  /** 412, or for a replace 404: the key is in another state. */
  private static boolean isRefusal(SdkException e) {
    return S3Failures.status(e) == 412 || S3Failures.code(e).equals("NoSuchKey");
  }

  /** All attempts failed in a way that may have reached S3: look at what is there. */
  private Optional<ObjectInfo> settle(
      SdkException e, DynavaultException failure, PutObjectRequest request) {
    Optional<ObjectInfo> own = ownObject(failure);
    if (own.isPresent()) {
      return own;
    }
    Optional<ObjectInfo> now = downloads.stat(key);
    boolean unchanged =
        request.ifMatch() == null
            ? now.isEmpty()
            : now.filter(info -> info.version().equals(request.ifMatch())).isPresent();
    if (!unchanged) {
      return Optional.empty();
    }
    if (S3Failures.status(e) >= 500) {
      throw failure; // S3 answered, and did not write
    }
    throw unknown(failure);
  }

  private Optional<ObjectInfo> ownObject(DynavaultException failure) {
    try (ObjectDownload download = downloads.open(key)) {
      byte[] there = download.readNBytes(content.length + 1);
      return Arrays.equals(there, content) ? Optional.of(download.info()) : Optional.empty();
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.OBJECT_NOT_FOUND) {
        return Optional.empty();
      }
      failure.addSuppressed(e);
      throw unknown(failure);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DynavaultException unknown(DynavaultException failure) {
    return new DynavaultException(
        ErrorCode.OUTCOME_UNKNOWN,
        failure.getMessage() + "; it may have been written nevertheless",
        failure);
  }
}
