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
