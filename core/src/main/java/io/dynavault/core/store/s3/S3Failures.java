// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import static java.util.Locale.ROOT;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.transport.SdkErrors;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What S3's answers mean to the user. Codes are those of the Amazon S3 API Reference, "Error
 * responses".
 */
final class S3Failures {
  private static final int NOT_IMPLEMENTED = 501;

  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");
  private static final Set<String> WRONG_CREDENTIALS =
      Set.of(
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidToken",
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "InvalidSecurity",
          "CredentialsNotSupported");
  private static final Set<String> CLOCK =
      Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");
  private static final Set<String> THROTTLED =
      Set.of(
          "SlowDown",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests",
          "RequestLimitExceeded");

  /** S3 also answers these inside a response of status 200, or with 400. */
  private static final Set<String> PASSING =
      Set.of("InternalError", "ServiceUnavailable", "RequestTimeout");

  private static final Set<String> WRONG_REGION =
      Set.of(
          "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");

  /** An action of KMS that is not granted, or its keys. */
  private static final Pattern ABOUT_KEY =
      Pattern.compile("(?i)\\bkms:[a-z]|\\bkms[ -](managed )?keys?\\b|\\baws kms\\b");

  private final StoreLocation.Bucket location;

  S3Failures(StoreLocation.Bucket location) {
    this.location = location;
  }

  /** Whether new credentials can help. */
  static boolean isExpiredToken(SdkException e) {
    return EXPIRED.contains(code(e));
  }

  static String code(SdkException e) {
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      String code = service.awsErrorDetails().errorCode();
      return code == null ? "" : code;
    }
    return "";
  }

  /** HTTP status, or 0 where there was no answer. */
  static int status(SdkException e) {
    return e instanceof AwsServiceException service ? service.statusCode() : 0;
  }

  /** Whether the request may have been carried out although it failed. */
  static boolean isOutcomeOpen(SdkException e) {
    int status = status(e);
    return status < 300 ? !neverReached(e) : status >= 500 && status != NOT_IMPLEMENTED;
  }

  /**
   * Whether no attempt reached S3, because none could connect. Of earlier attempts the SDK keeps
   * the message only: where it differs, something else may have happened.
   */
  private static boolean neverReached(SdkException e) {
    String failure = String.valueOf(e.getMessage()).replaceFirst(" \\(SDK Attempt Count: .*", "");
    return isUnreachable(e)
        && Arrays.stream(e.getSuppressed())
            .allMatch(earlier -> String.valueOf(earlier.getMessage()).endsWith(": " + failure));
  }

  private static boolean isUnreachable(SdkException e) {
    return causedBy(e, UnknownHostException.class) || causedBy(e, ConnectException.class);
  }

  /** The failure of an operation on what is named. */
  DynavaultException map(S3Operation operation, String name, SdkException e) {
    String what = "unable to " + operation.verb() + " '" + name + "': ";
    if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      return new DynavaultException(ErrorCode.INTERRUPTED, what + "interrupted", e);
    }
    Meaning meaning =
        e instanceof AwsServiceException service ? answered(operation, service) : unanswered(e);
    String hint = meaning.hint == null ? meaning.code.hint() : meaning.hint;
    return new DynavaultException(meaning.code, what + meaning.reason, hint, e);
  }

  /** A body that broke off while it was read. */
  DynavaultException broken(String name, IOException e) {
    if (Thread.currentThread().isInterrupted()) {
      return new DynavaultException(
          ErrorCode.INTERRUPTED, "unable to read '" + name + "': interrupted", e);
    }
    return new DynavaultException(
        ErrorCode.SERVICE_UNAVAILABLE,
        "unable to read '" + name + "': the connection broke (" + printable(e.getMessage()) + ")",
        e);
  }

  private Meaning answered(S3Operation operation, AwsServiceException e) {
    String reason = reason(e);
    String code = code(e);
    if (!(e instanceof S3Exception)) {
      return new Meaning(ErrorCode.CREDENTIALS, reason, null); // STS or SSO refused to give any
    }
    if (EXPIRED.contains(code)) {
      return new Meaning(
          ErrorCode.CREDENTIALS, reason, "the credentials expired: renew them and run again");
    }
    if (WRONG_CREDENTIALS.contains(code)) {
      return new Meaning(ErrorCode.CREDENTIALS, reason, null);
    }
    if (CLOCK.contains(code)) {
      return new Meaning(ErrorCode.CREDENTIALS, reason, "set the clock of this machine");
    }
    if (code.startsWith("KMS.") || isAboutKey(e)) {
      return new Meaning(
          ErrorCode.ACCESS_DENIED,
          reason,
          "the KMS key must be enabled and grant kms:GenerateDataKey and kms:Decrypt");
    }
    if (WRONG_REGION.contains(code) || e.statusCode() == 301) {
      return new Meaning(ErrorCode.STORE_FAILED, reason, wrongRegion(e));
    }
    return byStatus(operation, e, code, reason);
  }

  /** By what S3 says, never by the names and ids beside it, which may have any letters. */
  private static boolean isAboutKey(AwsServiceException e) {
    String message = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    return (e.statusCode() == 400 || e.statusCode() == 403)
        && message != null
        && ABOUT_KEY.matcher(message).find();
  }

  private Meaning byStatus(
      S3Operation operation, AwsServiceException e, String code, String reason) {
    if (code.equals("NoSuchBucket")) {
      return new Meaning(
          ErrorCode.STORE_FAILED,
          reason,
          "create the bucket '" + location.name() + "', or check its name and the S3 endpoint");
    }
    if (code.equals("InvalidObjectState")) {
      return new Meaning(
          ErrorCode.STORE_FAILED, reason, "the object is archived: restore it in S3 first");
    }
    if (code.equals("NoSuchUpload")) {
      return new Meaning(
          ErrorCode.STORE_FAILED,
          reason,
          "the upload was discarded while it was written: run again");
    }
    if (THROTTLED.contains(code) || e.statusCode() == 429 || e.statusCode() == 503) {
      return new Meaning(
          ErrorCode.THROTTLED,
          reason,
          "S3 asks to slow down: run again later or with fewer workers");
    }
    return switch (e.statusCode()) {
      case 401, 403 -> new Meaning(ErrorCode.ACCESS_DENIED, reason, grant(operation));
      case 404 -> new Meaning(ErrorCode.OBJECT_NOT_FOUND, reason, null);
      case 416 ->
          new Meaning(
              ErrorCode.STORE_FAILED,
              "the range lies outside the object (" + reason + ")",
              "the object is shorter than it should be: dynavault verify");
      case NOT_IMPLEMENTED -> new Meaning(ErrorCode.UNSUPPORTED, reason, null);
      default ->
          new Meaning(
              e.statusCode() >= 500 || PASSING.contains(code)
                  ? ErrorCode.SERVICE_UNAVAILABLE
                  : ErrorCode.STORE_FAILED,
              reason,
              null);
    };
  }

  private String grant(S3Operation operation) {
    String resource =
        operation == S3Operation.LIST || operation == S3Operation.LIST_UNFINISHED
            ? "the bucket '" + location.name() + "'"
            : "'" + location + "/*'";
    return "grant " + operation.iamAction() + " on " + resource;
  }

  private static String wrongRegion(AwsServiceException e) {
    return e.awsErrorDetails().sdkHttpResponse() == null
        ? "set the bucket's region"
        : e.awsErrorDetails()
            .sdkHttpResponse()
            .firstMatchingHeader("x-amz-bucket-region")
            .map(region -> "set the region to " + printable(region))
            .orElse("set the bucket's region");
  }

  private static Meaning unanswered(SdkException e) {
    String message = printable(e.getMessage());
    if (isAboutCredentials(message)) {
      return new Meaning(ErrorCode.CREDENTIALS, SdkErrors.withoutProviders(message), null);
    }
    if (isUnreachable(e)) {
      return new Meaning(
          ErrorCode.SERVICE_UNAVAILABLE,
          message,
          "check --s3-endpoint-url, the region, the network and whether the server runs");
    }
    boolean transport =
        causedBy(e, IOException.class)
            || e instanceof ApiCallTimeoutException
            || e instanceof ApiCallAttemptTimeoutException;
    return new Meaning(
        transport ? ErrorCode.SERVICE_UNAVAILABLE : ErrorCode.STORE_FAILED, message, null);
  }

  /** What was sent and not answered names the bucket, which may have any name. */
  private static boolean isAboutCredentials(String message) {
    String lower = message.toLowerCase(ROOT);
    return !lower.startsWith("unable to execute http request")
        && (lower.contains("credential") || lower.contains("profile") || lower.contains("sso "));
  }

  private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String reason(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = code(e).isEmpty() ? "status " + e.statusCode() : code(e);
    String id = e.requestId() == null ? "" : ", request " + e.requestId();
    String message = details == null ? null : details.errorMessage();
    String text = message == null ? "S3 refused" : message.replaceFirst("\\.$", "");
    return printable(text + " (" + code + id + ")");
  }

  /** What a server says must not forge lines of a log or move a terminal's cursor. */
  private static String printable(@Nullable String text) {
    return text == null ? "no reason given" : text.replaceAll("\\p{Cntrl}", " ");
  }

  private record Meaning(ErrorCode code, String reason, @Nullable String hint) {}
}
