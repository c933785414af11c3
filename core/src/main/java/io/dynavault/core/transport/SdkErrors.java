// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Exceptions of the SDK's clients as the ones that {@link HttpTransport} throws. */
public final class SdkErrors {
  private SdkErrors() {}

  /**
   * @param operation what was called, such as {@code DescribeTable}
   */
  public static DynavaultException typed(String operation, SdkException exception) {
    if (exception instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
      return answer(operation, answer);
    }
    if (exception instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      return Retries.interrupted(operation, exception);
    }
    return new DynavaultException(
        ErrorCode.SERVICE_UNAVAILABLE,
        "unable to call "
            + operation
            + ": "
            + Printable.text(String.valueOf(exception.getMessage())),
        "check --endpoint-url, --region, the proxy settings and whether the server runs",
        exception);
  }

  private static DynavaultException answer(String operation, AwsServiceException exception) {
    AwsErrorDetails details = exception.awsErrorDetails();
    String name = details.errorCode() == null ? "" : details.errorCode();
    String message = details.errorMessage() == null ? "" : details.errorMessage();
    return ErrorAnswer.of(exception.statusCode(), name, message).toException(operation);
  }
}
