// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A multipart upload from its begin to its completion or abortion. */
final class Multipart {
  /** Metadata that tells our object from another of the key when an answer was lost. */
  private static final String UPLOAD_METADATA = "dynavault-upload";

  private final S3Bucket bucket;
  private final String key;
  private final String uploadId;
  private final String ownId;
  private final List<CompletedPart> parts = new ArrayList<>();
  private long size;

  private Multipart(S3Bucket bucket, String key, String uploadId, String ownId) {
    this.bucket = bucket;
    this.key = key;
    this.uploadId = uploadId;
    this.ownId = ownId;
  }

  static Multipart begin(S3Bucket bucket, String key) {
    String ownId = UUID.randomUUID().toString();
    CreateMultipartUploadRequest request =
        bucket
            .createRequest(key)
            .checksumAlgorithm(ChecksumAlgorithm.CRC32)
            .metadata(Map.of(UPLOAD_METADATA, ownId))
            .build();
    String uploadId =
        bucket.call(
            S3Operation.WRITE,
            bucket.name(key),
            () -> bucket.client().createMultipartUpload(request).uploadId());
    return new Multipart(bucket, key, uploadId, ownId);
  }

  int nextNumber() {
    return parts.size() + 1;
  }

  void send(PartBuffer buffer) {
    int number = nextNumber();
    if (number > PartSizes.MAX_PARTS) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED,
          "unable to write '" + bucket.name(key) + "': it is larger than S3 allows",
          "use smaller data files");
    }
    UploadPartRequest request =
        UploadPartRequest.builder()
            .bucket(bucket.bucket())
            .key(bucket.fullKey(key))
            .uploadId(uploadId)
            .partNumber(number)
            .checksumCRC32(buffer.crc32())
            .build();
    UploadPartResponse response =
        bucket.call(
            S3Operation.WRITE,
            bucket.name(key),
            () -> bucket.client().uploadPart(request, buffer.body()));
    S3Upload.checkCrc32(bucket.name(key), buffer.crc32(), response.checksumCRC32());
    parts.add(
        CompletedPart.builder()
            .partNumber(number)
            .eTag(response.eTag())
            .checksumCRC32(response.checksumCRC32())
            .build());
    size += buffer.size();
  }

  /** Makes the object visible, and checks that S3 has all of it. */
  ObjectInfo complete() {
    CompleteMultipartUploadRequest request =
        CompleteMultipartUploadRequest.builder()
            .bucket(bucket.bucket())
            .key(bucket.fullKey(key))
            .uploadId(uploadId)
            .multipartUpload(upload -> upload.parts(parts))
            .build();
    try {
      CompleteMultipartUploadResponse response =
          bucket.send(() -> bucket.client().completeMultipartUpload(request));
      return written(response.eTag());
    } catch (SdkException e) {
      return completedBefore(bucket.map(S3Operation.WRITE, bucket.name(key), e));
    }
  }

  private ObjectInfo written(String eTag) {
    HeadObjectResponse head = head();
    if (!head.eTag().equals(eTag) && !isOwn(head)) {
      // Somebody wrote the key since: ours was there, whole, when S3 answered.
      return new ObjectInfo(key, size, head.lastModified(), eTag);
    }
    return info(head);
  }

  /**
   * The upload is gone: an attempt whose answer was lost completed it, or somebody discarded it.
   */
  private ObjectInfo completedBefore(DynavaultException failure) {
    if (failure.code() == ErrorCode.INTERRUPTED || failure.code() == ErrorCode.ACCESS_DENIED) {
      throw failure;
    }
    try {
      HeadObjectResponse head = head();
      if (isOwn(head)) {
        return info(head);
      }
    } catch (DynavaultException e) {
      failure.addSuppressed(e);
    }
    throw failure;
  }

  private boolean isOwn(HeadObjectResponse head) {
    return ownId.equals(head.metadata().get(UPLOAD_METADATA));
  }

  private HeadObjectResponse head() {
    return bucket.call(
        S3Operation.STAT,
        bucket.name(key),
        () -> bucket.client().headObject(b -> b.bucket(bucket.bucket()).key(bucket.fullKey(key))));
  }

  private ObjectInfo info(HeadObjectResponse head) {
    if (head.contentLength() != size) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED,
          "unable to write '"
              + bucket.name(key)
              + "': S3 holds "
              + head.contentLength()
              + " bytes of "
              + size,
          "the object is not usable: run again");
    }
    return new ObjectInfo(key, size, head.lastModified(), head.eTag());
  }

  /** Best effort: what remains is an unfinished upload, which gc finds. */
  void abort() {
    try {
      bucket.send(() -> bucket.client().abortMultipartUpload(abortRequest(bucket, key, uploadId)));
    } catch (SdkException e) {
      // the failure that led here is the one to report
    }
  }

  static AbortMultipartUploadRequest abortRequest(S3Bucket bucket, String key, String uploadId) {
    return AbortMultipartUploadRequest.builder()
        .bucket(bucket.bucket())
        .key(bucket.fullKey(key))
        .uploadId(uploadId)
        .build();
  }
}
