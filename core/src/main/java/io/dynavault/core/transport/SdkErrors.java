// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Exceptions of the SDK's clients as the ones that {@link HttpTransport} throws. */
public final class SdkErrors {
  private static final Set<String> EXPIRED_TOKEN = Set.of("ExpiredToken", "ExpiredTokenException");

  private SdkErrors() {}

  /**
   * Calls an SDK client; once more if its token had expired, which refuses a request before it does
   * anything: the SDK resolves credentials for each call, and waits for AWS outlast tokens.
   *
   * @param operation what is called, such as {@code DescribeTable}, with the service's prefix if it
   *     is not DynamoDB
   * @throws DynavaultException typed, never an exception of the SDK
   */
  public static <T> T call(String operation, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      if (!isExpiredToken(e)) {
        throw typed(operation, e);
      }
    }
    try {
      return request.get();
    } catch (SdkException e) {
      throw typed(operation, e);
    }
  }

  /**
   * What the SDK says of credentials that it has not found, without the list of all places that it
   * has looked at: that is long, and in the cause.
   */
  public static String withoutProviders(String message) {
    return message.replaceFirst("(?s) in the chain .*", "");
  }

  private static boolean isExpiredToken(SdkException exception) {
    return exception instanceof AwsServiceException answer
        && answer.awsErrorDetails() != null
        && EXPIRED_TOKEN.contains(String.valueOf(answer.awsErrorDetails().errorCode()));
  }

  /** The typed exception for one of the SDK. */
  static DynavaultException typed(String operation, SdkException exception) {
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
    DynavaultException typed =
        ErrorAnswer.of(exception.statusCode(), name, message).toException(operation);
    Integer attempts = exception.numAttempts();
    return attempts != null && attempts > 1 && typed instanceof RefusedException refused
        ? refused.asRepeated()
        : typed;
  }
}
