// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.StoreLocation;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailuresTest {
  private static final String REFUSED = "Unable to execute HTTP request: Connection refused";

  @Test
  void whatNeverConnectedWasNotCarriedOut() {
    assertThat(S3Failures.isOutcomeOpen(failure(new ConnectException()))).isFalse();
    assertThat(S3Failures.isOutcomeOpen(failure(new ConnectException(), REFUSED, REFUSED)))
        .isFalse();
    assertThat(S3Failures.isOutcomeOpen(failure(new UnknownHostException()))).isFalse();
  }

  @Test
  void whatWasSentBeforeTheServerWentAwayMayHaveBeenCarriedOut() {
    SdkException resetThenRefused =
        failure(new ConnectException(), "Unable to execute HTTP request: Connection reset");

    assertThat(S3Failures.isOutcomeOpen(resetThenRefused)).isTrue();
    assertThat(S3Failures.isOutcomeOpen(failure(new SocketException("reset")))).isTrue();
  }

  @Test
  void aRequestThatTheServerDoesNotKnowWasNotCarriedOut() {
    assertThat(S3Failures.isOutcomeOpen(S3Exception.builder().statusCode(501).build())).isFalse();
    assertThat(S3Failures.isOutcomeOpen(S3Exception.builder().statusCode(500).build())).isTrue();
    assertThat(S3Failures.isOutcomeOpen(S3Exception.builder().statusCode(403).build())).isFalse();
  }

  @Test
  void saysWhatToCheckWhereTheServerCannotBeReached() {
    DynavaultException mapped =
        new S3Failures(new StoreLocation.Bucket("bucket", ""))
            .map(S3Operation.READ, "s3://bucket/a", failure(new ConnectException()));

    assertThat(mapped.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(mapped.hint())
        .isEqualTo("check --s3-endpoint-url, the region, the network and whether the server runs");
  }

  /** Ids are chance: one in some hundreds has the letters of anything. */
  @ParameterizedTest
  @CsvSource({
    "404, NoSuchKey, The specified key does not exist., 0wkmSBFE, OBJECT_NOT_FOUND",
    "503, SlowDown, Please reduce your request rate., XKMS0000, THROTTLED",
    "403, AccessDenied, Access Denied, XKMS0000, ACCESS_DENIED",
    "403, AccessDenied, not authorized to perform: s3:GetObject on"
        + " \"arn:aws:s3:::old-kms-backups/a\", X, ACCESS_DENIED"
  })
  void theLettersOfAnIdOrANameAreNoReason(
      int status, String code, String message, String id, ErrorCode expected) {
    DynavaultException mapped = answered(status, code, message, id);

    assertThat(mapped.code()).isEqualTo(expected);
    assertThat(mapped.hint()).doesNotContain("KMS");
  }

  @ParameterizedTest
  @CsvSource({
    "400, KMS.DisabledException, The key is disabled.",
    "403, AccessDenied, User: arn:aws:iam::1:user/a is not authorized to perform:"
        + " kms:GenerateDataKey on resource: x",
    "400, InvalidArgument, Requests specifying Server Side Encryption with AWS KMS managed keys"
        + " require AWS Signature Version 4."
  })
  void saysWhatAKeyHasToGrant(int status, String code, String message) {
    DynavaultException mapped = answered(status, code, message, "X");

    assertThat(mapped.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(mapped.hint()).contains("kms:GenerateDataKey");
  }

  @Test
  void missingCredentialsAreOneLine() {
    SdkException missing =
        SdkClientException.create(
            "Unable to load credentials from any of the providers in the chain"
                + " AwsCredentialsProviderChain(a, b) : [a: none, b: none]");

    DynavaultException mapped = failures().map(S3Operation.READ, "s3://bucket/a", missing);

    assertThat(mapped)
        .hasMessage(
            "unable to read 's3://bucket/a': Unable to load credentials from any of the"
                + " providers");
    assertThat(mapped.code()).isEqualTo(ErrorCode.CREDENTIALS);
  }

  @Test
  void aBucketMayBeCalledAsCredentialsAre() {
    SdkException unreachable =
        SdkClientException.create(
            "Unable to execute HTTP request: user-profiles.s3.us-east-1.amazonaws.com",
            new UnknownHostException());

    assertThat(failures().map(S3Operation.READ, "s3://user-profiles/a", unreachable).code())
        .isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
  }

  private static S3Failures failures() {
    return new S3Failures(new StoreLocation.Bucket("bucket", ""));
  }

  private static DynavaultException answered(int status, String code, String message, String id) {
    AwsErrorDetails details =
        AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    return failures()
        .map(
            S3Operation.READ,
            "s3://bucket/a",
            (SdkException)
                S3Exception.builder()
                    .statusCode(status)
                    .requestId(id)
                    .awsErrorDetails(details)
                    .build());
  }

  /** As the SDK builds it: of earlier attempts there is only the message. */
  private static SdkException failure(Exception cause, String... earlier) {
    SdkClientException failure =
        SdkClientException.create(
            REFUSED + " (SDK Attempt Count: %d)".formatted(earlier.length + 1), cause);
    for (String message : List.of(earlier)) {
      failure.addSuppressed(SdkClientException.create("Request attempt 1 failure: " + message));
    }
    return failure;
  }
}
