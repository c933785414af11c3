// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.retry.RetryingStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Reads, listings and refusals against scripted answers. */
final class S3StoreReadTest {
  private static final byte[] CONTENT = "0123456789".getBytes(UTF_8);

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
  @Tag("F8")
  void aBodyCutShortFailsAndIsNeverAnEnd() {
    s3.thenCut(200, CONTENT, 4, "ETag", "e");

    ObjectDownload download = store.read("a");

    assertFails(ErrorCode.SERVICE_UNAVAILABLE, "the connection broke", download::readAllBytes);
  }

  @Test
  void aRangeCutShortFailsToo() {
    s3.thenCut(206, CONTENT, 4, "ETag", "e", "Content-Range", "bytes 10-19/100");

    ObjectDownload download = store.read("a", 10, 10);

    assertThat(download.info().size()).isEqualTo(100);
    assertFails(ErrorCode.SERVICE_UNAVAILABLE, "the connection broke", download::readAllBytes);
  }

  @Test
  void aBodyCutShortIsResumedAtTheByteReached() throws IOException {
    s3.thenCut(200, CONTENT, 4, "ETag", "e")
        .thenCut(206, "456789".getBytes(UTF_8), 1, "ETag", "e", "Content-Range", "bytes 4-9/10")
        .then(206, "56789", "ETag", "e", "Content-Range", "bytes 5-9/10");
    List<Duration> waits = new ArrayList<>();

    RetryingStore retrying = new RetryingStore(store, waits::add, new Random(1));
    try (ObjectDownload download = retrying.read("a")) {
      assertThat(download.readAllBytes()).isEqualTo(CONTENT);
    }

    assertThat(s3.requests())
        .extracting(request -> request.header("Range").orElse("none"))
        .containsExactly("none", "bytes=4-9", "bytes=5-9");
    assertThat(waits).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes 0-9/100", "bytes 10-18/100", "bytes 10-19/*", "junk"})
  void aRangeThatWasNotAskedForIsRefused(String range) {
    s3.then(206, "0123456789", "ETag", "e", "Content-Range", range);

    assertFails(ErrorCode.STORE_FAILED, "S3 answered '" + range, () -> store.read("a", 10, 10));
  }

  @Test
  void aServerThatIgnoresTheRangeIsRefused() {
    s3.then(200, "0123456789", "ETag", "e");

    assertFails(ErrorCode.STORE_FAILED, "were asked for", () -> store.read("a", 2, 3));
  }

  @Test
  void bytesThatDoNotMatchTheirChecksumAreDamage() {
    s3.then(200, "0123456789", "ETag", "e", "x-amz-checksum-crc32", "AAAAAA==");

    ObjectDownload download = store.read("a");

    assertThat(s3.last().header("x-amz-checksum-mode")).contains("ENABLED");
    assertFails(ErrorCode.DAMAGED, "do not match the checksum", download::readAllBytes);
  }

  @Test
  void aDownloadClosedEarlyDoesNotReadTheRest() {
    byte[] large = new byte[8 << 20];
    s3.thenCut(200, large, 100_000, "ETag", "e");

    try (ObjectDownload download = store.read("a")) {
      assertThat(download.read()).isZero();
    }
  }

  @Test
  void listsPageByPage() {
    s3.then(200, page("T1", "root/p/a", "root/p/b"));
    s3.then(200, page("", "root/p/c"));

    assertThat(keys("p/")).containsExactly("p/a", "p/b", "p/c");
    assertThat(s3.requests().get(0).line()).contains("prefix=root%2Fp%2F", "encoding-type=url");
    assertThat(s3.last().line()).contains("continuation-token=T1");
  }

  @Test
  void leavesOutWhatNoStoreWrote() {
    s3.then(200, page("", "root/", "root/folder/", "root/x", "root/x//y"));

    assertThat(keys("")).containsExactly("x");
  }

  @Test
  @Tag("F8")
  void aPageThatRepeatsFailsTheListing() {
    s3.then(200, page("T1", "root/a", "root/b")).then(200, page("", "root/b", "root/c"));

    assertFails(ErrorCode.STORE_FAILED, "S3 listed 'b' after 'b'", () -> keys(""));
  }

  @Test
  void aPageThatGoesBackFailsTheListing() {
    s3.then(200, page("", "root/b", "root/a"));

    assertFails(ErrorCode.STORE_FAILED, "S3 listed 'a' after 'b'", () -> keys(""));
  }

  @Test
  void aKeyOutsideThePrefixFailsTheListing() {
    s3.then(200, page("", "other/a"));

    assertFails(ErrorCode.STORE_FAILED, "outside the prefix", () -> keys(""));
  }

  @Test
  void aPageThatDoesNotSayHowToGoOnFailsTheListing() {
    s3.then(200, page("", "root/a").replace("false", "true"));

    assertFails(ErrorCode.STORE_FAILED, "more follows but not where", () -> keys(""));
  }

  @Test
  @Tag("F8")
  void aLaterPageThatDoesNotSayHowToGoOnFailsTheListing() {
    s3.then(200, page("T1", "root/a")).then(200, page("", "root/b").replace("false", "true"));

    assertFails(ErrorCode.STORE_FAILED, "more follows but not where", () -> keys(""));
  }

  @Test
  void aTokenThatLeadsNowhereFailsTheListing() {
    s3.then(200, page("T1", "root/a")).then(200, page("T1", "root/b"));

    assertFails(ErrorCode.STORE_FAILED, "more follows but not where", () -> keys(""));
  }

  @Test
  @Tag("F16")
  void anExpiredTokenIsTriedOnceMoreWithNewCredentials() {
    AtomicInteger issued = new AtomicInteger();
    S3Config config =
        s3.config()
            .withCredentials(
                () -> AwsBasicCredentials.create("id-" + issued.incrementAndGet(), "key"));
    s3.thenError(400, "ExpiredToken").then(200, page("", "root/a"));

    try (S3Store renewing = s3.open(config)) {
      renewing.list("", info -> {});
    }

    assertThat(s3.requests().get(0).header("Authorization").orElseThrow()).contains("id-1/");
    assertThat(s3.requests().get(1).header("Authorization").orElseThrow()).contains("id-2/");
  }

  @Test
  void credentialsThatStayExpiredAreTheUsersToRenew() {
    s3.thenError(400, "ExpiredToken").thenError(400, "ExpiredToken");

    assertFails(ErrorCode.CREDENTIALS, "renew them", () -> keys(""));
    assertThat(s3.requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403|AccessDenied|ACCESS_DENIED|grant s3:ListBucket on the bucket 'bucket'",
        "403|InvalidAccessKeyId|CREDENTIALS|AWS_PROFILE",
        "403|SignatureDoesNotMatch|CREDENTIALS|AWS_PROFILE",
        "403|RequestTimeTooSkewed|CREDENTIALS|set the clock of this machine",
        "400|KMS.DisabledException|ACCESS_DENIED|kms:Decrypt",
        "404|NoSuchBucket|STORE_FAILED|create the bucket 'bucket'",
        "400|AuthorizationHeaderMalformed|STORE_FAILED|set the bucket's region",
        "501|NotImplemented|UNSUPPORTED|does not offer the operation",
        "400|InvalidArgument|STORE_FAILED|message of InvalidArgument (InvalidArgument, request R1)"
      })
  void saysWhatARefusalMeans(int status, String code, ErrorCode expected, String words) {
    s3.thenError(status, code);
    if (code.equals("RequestTimeTooSkewed")) {
      s3.thenError(status, code).thenError(status, code); // the SDK corrects its clock first
    }

    assertFails(expected, words, () -> keys(""));
  }

  @ParameterizedTest
  @CsvSource({
    "503, SlowDown, THROTTLED",
    "503, ServiceUnavailable, THROTTLED",
    "500, InternalError, SERVICE_UNAVAILABLE",
    "400, RequestTimeout, SERVICE_UNAVAILABLE"
  })
  void whatCanPassIsTriedWithABound(int status, String code, ErrorCode expected) {
    s3.times(ScriptedS3.ATTEMPTS, () -> s3.thenError(status, code));

    assertFails(expected, code, () -> keys(""));
    assertThat(s3.requests()).hasSize(ScriptedS3.ATTEMPTS);
  }

  @Test
  void namesTheActionThatIsMissing() {
    s3.thenError(403, "AccessDenied");
    assertFails(
        ErrorCode.ACCESS_DENIED, "s3:GetObject on 's3://bucket/root/*'", () -> store.read("a"));
    s3.thenError(403, "AccessDenied");
    assertFails(ErrorCode.ACCESS_DENIED, "s3:PutObject", () -> store.put("a", CONTENT));
    s3.thenError(403, "AccessDenied");
    assertFails(ErrorCode.ACCESS_DENIED, "s3:DeleteObject", () -> store.delete("a"));
    s3.then(403, "");
    assertFails(ErrorCode.ACCESS_DENIED, "s3:GetObject and s3:ListBucket", () -> store.stat("a"));
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() {
    s3.close();

    assertFails(
        ErrorCode.SERVICE_UNAVAILABLE, "unable to list 's3://bucket/root/'", () -> keys(""));
  }

  @Test
  void missingCredentialsSaySo() {
    S3Config config =
        s3.config()
            .withCredentials(
                () -> {
                  throw SdkClientException.create(
                      "Unable to load credentials from any of the providers in the chain");
                });

    try (S3Store none = s3.open(config)) {
      assertFails(ErrorCode.CREDENTIALS, "AWS_PROFILE", () -> none.list("", info -> {}));
    }
    assertThat(s3.requests()).isEmpty();
  }

  @Test
  void whatAServerSaysCannotForgeLines() {
    s3.then(400, ScriptedS3.error("Odd", "first&#10;second&#27;[2J"));

    assertThatThrownBy(() -> keys(""))
        .satisfies(e -> assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl));
  }

  private List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(prefix, info -> keys.add(info.key()));
    return keys;
  }

  private static String page(String nextToken, String... keys) {
    StringBuilder page = new StringBuilder("<ListBucketResult>");
    page.append("<IsTruncated>").append(!nextToken.isEmpty()).append("</IsTruncated>");
    if (!nextToken.isEmpty()) {
      page.append("<NextContinuationToken>").append(nextToken).append("</NextContinuationToken>");
    }
    for (String key : keys) {
      page.append("<Contents><Key>")
          .append(key)
          .append("</Key><Size>1</Size><ETag>e</ETag>")
          .append("<LastModified>2026-08-01T10:00:00Z</LastModified></Contents>");
    }
    return page.append("</ListBucketResult>").toString();
  }

  /** The words are those of the message or of the hint. */
  private static void assertFails(ErrorCode code, String words, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DynavaultException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.getMessage() + "\n" + e.hint()).contains(words);
            });
  }
}
