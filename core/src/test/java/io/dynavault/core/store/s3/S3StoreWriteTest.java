// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectUpload;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes against scripted answers: lost ones, refusals, and successes that are none. */
final class S3StoreWriteTest {
  private static final byte[] MINE = "mine".getBytes(UTF_8);
  private static final String CREATED =
      "<InitiateMultipartUploadResult><UploadId>U1</UploadId></InitiateMultipartUploadResult>";
  private static final String COMPLETED =
      "<CompleteMultipartUploadResult><ETag>\"whole-2\"</ETag></CompleteMultipartUploadResult>";

  private ScriptedS3 s3;
  private S3Store store;

  @BeforeEach
  void start() throws IOException {
    s3 = new ScriptedS3();
    store = s3.open();
  }

  @AfterEach
  void stop() {
    store.close();
    s3.close();
  }

  @Test
  void aPutCarriesItsChecksumAndTakesTheServersTime() {
    s3.then(200, "", "ETag", "\"e1\"");

    ObjectInfo info = store.put("a/b", MINE);

    assertThat(info.version()).isEqualTo("\"e1\"");
    assertThat(info.size()).isEqualTo(4);
    assertThat(info.lastModified()).isAfter(ScriptedS3.CLOCK);
    assertThat(s3.last().line()).isEqualTo("PUT /bucket/root/a/b");
    assertThat(s3.last().body()).isEqualTo(MINE);
    assertThat(s3.last().header("x-amz-checksum-crc32")).contains(crc32(MINE));
  }

  @Test
  void encryptionIsAskedForInEveryWriteAndTheStorageClassInUploads() {
    S3Config config =
        s3.config()
            .withEncryption(S3Encryption.kms("alias/backup"))
            .withStorageClass("STANDARD_IA");
    s3.then(200, "", "ETag", "e")
        .then(200, "", "ETag", "e")
        .then(200, "", "ETag", "e")
        .then(200, CREATED);

    try (S3Store configured = s3.open(config)) {
      configured.put("a", MINE);
      configured.putIfAbsent("a", MINE);
      try (ObjectUpload small = configured.upload("a")) {
        small.write(MINE);
        small.commit();
      }
      ObjectUpload upload = configured.upload("a");
      assertThatThrownBy(() -> upload.write(new byte[2 * S3Config.MIN_PART_BYTES]))
          .isInstanceOf(DynavaultException.class);
    }

    assertThat(s3.requests().subList(0, 4))
        .allSatisfy(
            request -> {
              assertThat(request.header("x-amz-server-side-encryption")).contains("aws:kms");
              assertThat(request.header("x-amz-server-side-encryption-aws-kms-key-id"))
                  .contains("alias/backup");
            });
    assertThat(s3.requests().subList(0, 4))
        .extracting(request -> request.header("x-amz-storage-class"))
        .containsExactly(
            Optional.empty(),
            Optional.empty(),
            Optional.of("STANDARD_IA"),
            Optional.of("STANDARD_IA"));
  }

  @Test
  void aRefusedConditionIsAnAnswerOfOneRequest() {
    s3.thenError(412, "PreconditionFailed").thenError(412, "PreconditionFailed");

    assertThat(store.putIfAbsent("a", MINE)).isEmpty();
    assertThat(s3.last().header("If-None-Match")).contains("*");
    assertThat(store.replace("a", MINE, "\"e1\"")).isEmpty();
    assertThat(s3.last().header("If-Match")).contains("\"e1\"");
    assertThat(s3.requests()).hasSize(2);
  }

  @Test
  void replacingWhatIsGoneWritesNothing() {
    s3.thenError(404, "NoSuchKey");

    assertThat(store.replace("a", MINE, "\"e1\"")).isEmpty();
  }

  @Test
  void aMissingBucketIsNotAMissingObject() {
    s3.thenError(404, "NoSuchBucket");

    assertFails(ErrorCode.STORE_FAILED, "NoSuchBucket", () -> store.replace("a", MINE, "\"e1\""));
  }

  @Test
  void recognisesItsOwnObjectWhenTheAnswerWasLost() {
    s3.thenNoAnswer().thenError(412, "PreconditionFailed").then(200, "mine", "ETag", "\"e1\"");

    assertThat(store.putIfAbsent("a", MINE))
        .hasValueSatisfying(info -> assertThat(info.version()).isEqualTo("\"e1\""));
    assertThat(s3.last().method()).isEqualTo("GET");
  }

  @Test
  void yieldsToAnotherObjectWhenTheAnswerWasLost() {
    s3.thenNoAnswer().thenError(412, "PreconditionFailed").then(200, "mine too", "ETag", "\"e1\"");

    assertThat(store.putIfAbsent("a", MINE)).isEmpty();
  }

  @Test
  void recognisesItsOwnReplacementWhenTheAnswerWasLost() {
    s3.thenNoAnswer().thenError(412, "PreconditionFailed").then(200, "mine", "ETag", "\"e2\"");

    assertThat(store.replace("a", MINE, "\"e1\"")).isPresent();
  }

  @Test
  void aConflictInFlightIsTriedAgain() {
    s3.thenError(409, "ConditionalRequestConflict").then(200, "", "ETag", "\"e1\"");

    assertThat(store.putIfAbsent("a", MINE)).isPresent();
  }

  @Test
  void aConditionalPutThatS3NeverCarriedOutFailsAsSuch() {
    s3.times(ScriptedS3.ATTEMPTS, () -> s3.thenError(500, "InternalError"));
    s3.thenError(404, "NoSuchKey").then(404, "");

    assertFails(ErrorCode.SERVICE_UNAVAILABLE, "InternalError", () -> store.putIfAbsent("a", MINE));
  }

  @Test
  void aConditionalPutWithoutAnyAnswerHasAnUnknownOutcome() {
    s3.times(ScriptedS3.ATTEMPTS, s3::thenNoAnswer);
    s3.thenError(404, "NoSuchKey").then(404, "");

    assertFails(
        ErrorCode.OUTCOME_UNKNOWN, "may have been written", () -> store.putIfAbsent("a", MINE));
  }

  @Test
  void aConditionalPutWithoutAnyAnswerMayHaveSucceeded() {
    s3.times(ScriptedS3.ATTEMPTS, s3::thenNoAnswer);
    s3.then(200, "mine", "ETag", "\"e1\"");

    assertThat(store.putIfAbsent("a", MINE)).isPresent();
  }

  @Test
  void throttlingIsRetriedByTheSdk() {
    s3.thenError(503, "SlowDown").thenError(503, "SlowDown").then(200, "", "ETag", "\"e1\"");

    assertThat(store.put("a", MINE).version()).isEqualTo("\"e1\"");
    assertThat(s3.requests()).hasSize(3);
  }

  @Test
  void aSmallUploadIsOneRequest() {
    s3.then(200, "", "ETag", "\"e1\"");

    try (ObjectUpload upload = store.upload("a")) {
      upload.write(MINE);
      upload.write('!');
      assertThat(upload.commit().size()).isEqualTo(5);
    }

    assertThat(s3.requests()).hasSize(1);
    assertThat(s3.last().header("x-amz-checksum-crc32")).contains(crc32("mine!".getBytes(UTF_8)));
  }

  @Test
  void aSmallUploadThatIsNotCommittedSendsNothing() {
    try (ObjectUpload upload = store.upload("a")) {
      upload.write(MINE);
    }

    assertThat(s3.requests()).isEmpty();
  }

  @Test
  void aBigUploadGoesOutInPartsAndIsCheckedAtItsEnd() {
    byte[] content = new byte[S3Config.MIN_PART_BYTES + 10];
    content[content.length - 1] = 7;
    s3.then(200, CREATED)
        .then(200, "", "ETag", "p1")
        .then(200, "", "ETag", "p2")
        .then(200, COMPLETED)
        .then(200, "", "ETag", "\"whole-2\"", "Content-Length", String.valueOf(content.length));

    try (ObjectUpload upload = store.upload("a")) {
      upload.write(content);
      assertThat(upload.commit().version()).isEqualTo("\"whole-2\"");
    }

    assertThat(s3.requests())
        .extracting(ScriptedS3.Request::line)
        .containsExactly(
            "POST /bucket/root/a?uploads",
            "PUT /bucket/root/a?partNumber=1&uploadId=U1",
            "PUT /bucket/root/a?partNumber=2&uploadId=U1",
            "POST /bucket/root/a?uploadId=U1",
            "HEAD /bucket/root/a");
    assertThat(s3.requests().get(1).body()).hasSize(S3Config.MIN_PART_BYTES);
    assertThat(s3.requests().get(2).body()).hasSize(10).endsWith(7);
    assertThat(new String(s3.requests().get(3).body(), UTF_8))
        .contains("<ETag>p1</ETag>", "<PartNumber>2</PartNumber>");
  }

  @Test
  void anAnswer200WithAnErrorInsideIsAnError() {
    begun();
    s3.times(
        ScriptedS3.ATTEMPTS,
        () -> s3.then(200, ScriptedS3.error("InternalError", "We encountered an error")));
    s3.then(404, "").then(204, "");
    ObjectUpload upload = bigUpload();

    assertFails(ErrorCode.SERVICE_UNAVAILABLE, "InternalError", upload::commit);

    assertThat(s3.last().line()).isEqualTo("DELETE /bucket/root/a?uploadId=U1");
    assertThat(s3.unused()).isZero();
  }

  @Test
  void anAnswer200WithAnErrorInsideIsTriedAgain() {
    begun();
    s3.then(200, ScriptedS3.error("InternalError", "We encountered an error"))
        .then(200, COMPLETED)
        .then(200, "", "ETag", "\"whole-2\"", "Content-Length", size());

    assertThat(bigUpload().commit().version()).isEqualTo("\"whole-2\"");
  }

  @Test
  void recognisesItsOwnUploadWhenTheAnswerOfItsCompletionWasLost() {
    begun();
    s3.thenNoAnswer()
        .thenError(404, "NoSuchUpload")
        .then(
            exchange -> {
              String own = s3.requests().get(0).header("x-amz-meta-dynavault-upload").orElseThrow();
              exchange.getResponseHeaders().set("x-amz-meta-dynavault-upload", own);
              exchange.getResponseHeaders().set("ETag", "\"whole-2\"");
              exchange.getResponseHeaders().set("Content-Length", size());
              exchange.getResponseHeaders().set("Last-Modified", "Sat, 01 Aug 2026 10:00:00 GMT");
              exchange.sendResponseHeaders(200, -1);
              exchange.close();
            });

    assertThat(bigUpload().commit().version()).isEqualTo("\"whole-2\"");
  }

  @Test
  void anUploadThatSomebodyDiscardedFails() {
    begun();
    s3.thenError(404, "NoSuchUpload")
        .then(
            200,
            "",
            "ETag",
            "\"other\"",
            "Content-Length",
            size(),
            "x-amz-meta-dynavault-upload",
            "x")
        .then(204, "");

    assertFails(ErrorCode.STORE_FAILED, "NoSuchUpload", bigUpload()::commit);
  }

  @Test
  void anObjectThatLacksBytesFailsTheUpload() {
    begun();
    s3.then(200, COMPLETED)
        .then(200, "", "ETag", "\"whole-2\"", "Content-Length", "17")
        .then(204, "");

    assertFails(ErrorCode.STORE_FAILED, "S3 holds 17 bytes", bigUpload()::commit);
  }

  @Test
  void aPartWhoseChecksumDiffersFailsTheUpload() {
    s3.then(200, CREATED)
        .then(200, "", "ETag", "p1", "x-amz-checksum-crc32", "AAAAAA==")
        .then(204, "");
    ObjectUpload upload = store.upload("a");
    byte[] content = new byte[S3Config.MIN_PART_BYTES + 1];

    assertFails(ErrorCode.STORE_FAILED, "checksum AAAAAA==", () -> upload.write(content));

    assertThat(s3.last().line()).isEqualTo("DELETE /bucket/root/a?uploadId=U1");
    assertThatThrownBy(upload::commit).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anUploadClosedWithoutCommitIsAbortedAndCloseNeverThrows() {
    s3.then(200, CREATED).then(200, "", "ETag", "p1").thenError(403, "AccessDenied");

    bigUpload().close();

    assertThat(s3.last().line()).isEqualTo("DELETE /bucket/root/a?uploadId=U1");
  }

  @Test
  void anInterruptedThreadWritesNothingAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertFails(ErrorCode.INTERRUPTED, "interrupted", () -> store.put("a", MINE));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void partsGrowSoThatTenThousandSuffice() {
    for (int firstBytes : List.of(S3Config.MIN_PART_BYTES, 8 << 20, S3Config.MAX_PART_BYTES)) {
      long total = 0;
      for (int number = 1; number <= PartSizes.MAX_PARTS; number++) {
        long size = PartSizes.of(number, firstBytes);
        assertThat(size).isBetween((long) firstBytes, 5L << 30);
        total += size;
      }
      assertThat(total).isGreaterThanOrEqualTo(5L << 40);
      assertThat(PartSizes.of(1_000, firstBytes)).isEqualTo(firstBytes);
    }
  }

  private void begun() {
    s3.then(200, CREATED).then(200, "", "ETag", "p1").then(200, "", "ETag", "p2");
  }

  /** Has sent its first part, and keeps its second until it is committed. */
  private ObjectUpload bigUpload() {
    ObjectUpload upload = store.upload("a");
    upload.write(new byte[S3Config.MIN_PART_BYTES + 1]);
    return upload;
  }

  private static String size() {
    return String.valueOf(S3Config.MIN_PART_BYTES + 1);
  }

  private static String crc32(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    long value = crc.getValue();
    byte[] bytes = {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void assertFails(ErrorCode code, String words, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
