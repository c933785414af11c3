// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.StreamDownload;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Reads objects and what S3 knows of them, and checks that S3 answers what was asked. */
final class Downloads {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

  private final S3Bucket bucket;

  Downloads(S3Bucket bucket) {
    this.bucket = bucket;
  }

  Optional<ObjectInfo> stat(String key) {
    HeadObjectRequest request = headRequest(key);
    try {
      HeadObjectResponse head = bucket.send(() -> bucket.client().headObject(request));
      return Optional.of(
          new ObjectInfo(key, head.contentLength(), head.lastModified(), head.eTag()));
    } catch (SdkException e) {
      if (S3Failures.status(e) == 404) {
        return Optional.empty();
      }
      throw bucket.map(S3Operation.STAT, bucket.name(key), e);
    }
  }

  HeadObjectRequest headRequest(String key) {
    return HeadObjectRequest.builder().bucket(bucket.bucket()).key(bucket.fullKey(key)).build();
  }

  ObjectDownload open(String key) {
    GetObjectRequest request = request(key).checksumMode(ChecksumMode.ENABLED).build();
    ResponseInputStream<GetObjectResponse> body = get(key, request);
    GetObjectResponse response = body.response();
    if (response.contentLength() == null) {
      body.abort();
      throw wrongAnswer(key, "S3 did not say how long it is");
    }
    return download(key, response.contentLength(), response.contentLength(), body);
  }

  ObjectDownload open(String key, long offset, long length) {
    if (length == 0) {
      return empty(key, offset);
    }
    String range = "bytes=" + offset + "-" + (offset + length - 1);
    ResponseInputStream<GetObjectResponse> body = get(key, request(key).range(range).build());
    String answered = String.valueOf(body.response().contentRange());
    Matcher matcher = CONTENT_RANGE.matcher(answered);
    if (!matcher.matches()
        || Long.parseLong(matcher.group(1)) != offset
        || Long.parseLong(matcher.group(2)) != offset + length - 1) {
      body.abort();
      throw wrongAnswer(
          key,
          "bytes "
              + offset
              + " to "
              + (offset + length)
              + " were asked for, S3 answered '"
              + answered
              + "'");
    }
    return download(key, Long.parseLong(matcher.group(3)), length, body);
  }

  /** HTTP cannot ask for no bytes. */
  private ObjectDownload empty(String key, long offset) {
    ObjectInfo info = stat(key).orElseThrow(() -> notFound(key));
    if (offset > info.size()) {
      throw wrongAnswer(key, "byte " + offset + " lies outside its " + info.size() + " bytes");
    }
    return new StreamDownload(
        info, new ByteArrayInputStream(new byte[0]), 0, e -> bucket.failures().broken(key, e));
  }

  private GetObjectRequest.Builder request(String key) {
    return GetObjectRequest.builder().bucket(bucket.bucket()).key(bucket.fullKey(key));
  }

  private ResponseInputStream<GetObjectResponse> get(String key, GetObjectRequest request) {
    return bucket.call(
        S3Operation.READ, bucket.name(key), () -> bucket.client().getObject(request));
  }

  private ObjectDownload download(
      String key, long size, long length, ResponseInputStream<GetObjectResponse> body) {
    GetObjectResponse response = body.response();
    ObjectInfo info = new ObjectInfo(key, size, response.lastModified(), response.eTag());
    String name = bucket.name(key);
    return new StreamDownload(
        info,
        new S3Body(body, length, e -> damaged(name, e)),
        length,
        e -> bucket.failures().broken(name, e));
  }

  private static DynavaultException damaged(String name, SdkException e) {
    return new DynavaultException(
        ErrorCode.DAMAGED,
        "unable to read '" + name + "': its bytes do not match the checksum that S3 keeps",
        "read it again; if it fails again restore another recovery point",
        e);
  }

  private DynavaultException wrongAnswer(String key, String reason) {
    return new DynavaultException(
        ErrorCode.STORE_FAILED, "unable to read '" + bucket.name(key) + "': " + reason);
  }

  private DynavaultException notFound(String key) {
    return new DynavaultException(
        ErrorCode.OBJECT_NOT_FOUND,
        "unable to read '" + bucket.name(key) + "': there is no such object");
  }
}
