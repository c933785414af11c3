// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectKey;
import io.dynavault.core.store.UnfinishedUpload;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Pages through a listing and trusts none of it: a page that repeats, goes back, strays from the
 * prefix or ends without saying how to go on fails the listing, since whoever deletes by what a
 * listing does not show must not be shown less than there is.
 */
final class S3Listing {
  private final S3Bucket bucket;
  private final String prefix;
  private final Consumer<ObjectInfo> consumer;
  private @Nullable String lastKey;

  S3Listing(S3Bucket bucket, String prefix, Consumer<ObjectInfo> consumer) {
    this.bucket = bucket;
    this.prefix = prefix;
    this.consumer = consumer;
  }

  void run() {
    Optional<String> token = Optional.empty();
    do {
      ListObjectsV2Response page = page(token);
      page.contents().forEach(this::accept);
      token = nextToken(page, token);
    } while (token.isPresent());
  }

  private ListObjectsV2Response page(Optional<String> token) {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(bucket.bucket())
            .prefix(bucket.fullKey(prefix))
            .encodingType(EncodingType.URL);
    token.ifPresent(request::continuationToken);
    return bucket.call(
        S3Operation.LIST,
        bucket.name(prefix),
        () -> bucket.client().listObjectsV2(request.build()));
  }

  private Optional<String> nextToken(ListObjectsV2Response page, Optional<String> token) {
    if (!Boolean.TRUE.equals(page.isTruncated())) {
      return Optional.empty();
    }
    Optional<String> next = Optional.ofNullable(page.nextContinuationToken());
    if (next.isEmpty() || next.equals(token)) {
      throw refuse("a page says that more follows but not where");
    }
    return next;
  }

  private void accept(S3Object object) {
    String key =
        bucket
            .relativeKey(object.key())
            .filter(relative -> relative.startsWith(prefix))
            .orElseThrow(() -> refuse("S3 listed a key outside the prefix"));
    if (lastKey != null && ObjectKey.ORDER.compare(lastKey, key) >= 0) {
      throw refuse("S3 listed '" + key + "' after '" + lastKey + "'");
    }
    lastKey = key;
    if (ObjectKey.isValid(key)) {
      consumer.accept(new ObjectInfo(key, object.size(), object.lastModified(), object.eTag()));
    }
  }

  private DynavaultException refuse(String reason) {
    return new DynavaultException(
        ErrorCode.STORE_FAILED,
        "unable to list '" + bucket.name(prefix) + "': " + reason.replaceAll("\\p{Cntrl}", " "),
        "the listing cannot be relied on: run again; directory buckets are not supported");
  }

  /** Calls back for the multipart uploads below the root that have not ended. */
  static void unfinished(S3Bucket bucket, Consumer<UnfinishedUpload> consumer) {
    String keyMarker = null;
    String idMarker = null;
    do {
      ListMultipartUploadsResponse page = unfinishedPage(bucket, keyMarker, idMarker);
      page.uploads().forEach(upload -> unfinished(bucket, upload).ifPresent(consumer));
      boolean truncated = Boolean.TRUE.equals(page.isTruncated());
      keyMarker = truncated ? page.nextKeyMarker() : null;
      idMarker = truncated ? page.nextUploadIdMarker() : null;
    } while (keyMarker != null);
  }

  private static ListMultipartUploadsResponse unfinishedPage(
      S3Bucket bucket, @Nullable String keyMarker, @Nullable String idMarker) {
    return bucket.call(
        S3Operation.LIST_UNFINISHED,
        bucket.name(""),
        () ->
            bucket
                .client()
                .listMultipartUploads(
                    b ->
                        b.bucket(bucket.bucket())
                            .prefix(bucket.fullKey(""))
                            .keyMarker(keyMarker)
                            .uploadIdMarker(idMarker)
                            .encodingType(EncodingType.URL)));
  }

  private static Optional<UnfinishedUpload> unfinished(S3Bucket bucket, MultipartUpload upload) {
    return bucket
        .relativeKey(upload.key())
        .filter(ObjectKey::isValid)
        .map(key -> new UnfinishedUpload(upload.uploadId(), Optional.of(key), upload.initiated()));
  }
}
