// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/**
 * An answer that is an error, and what kind of error (DynamoDB Developer Guide, "Error handling
 * with DynamoDB"; "Common error types" of the API reference).
 *
 * @param status HTTP status
 * @param name error name without its namespace, such as {@code ValidationException}; of answers
 *     that are not DynamoDB's, {@code HTTP} and the status
 * @param message fit to be shown
 */
record ErrorAnswer(int status, String name, String message) {

  /** What an error asks for. */
  enum Kind {
    /** Slow down. */
    THROTTLED,
    /** Send it again. */
    TRANSIENT,
    /** Get new credentials and send it again. */
    EXPIRED_TOKEN,
    /** The signature does not fit; perhaps only because of a wrong clock. */
    SIGNATURE,
    CREDENTIALS,
    ACCESS_DENIED,
    NOT_FOUND,
    UNSUPPORTED,
    /** Not an answer of DynamoDB: a proxy's or a web server's. */
    FOREIGN,
    REFUSED
  }

  /** What names begin with that we give, for answers that have none. */
  static final String NAMELESS = "HTTP ";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> THROTTLING =
      Set.of(
          "ProvisionedThroughputExceededException",
          "ProvisionedThroughputExceeded",
          "ThrottlingException",
          "ThrottledException",
          "Throttling",
          "ThrottlingError",
          "RequestLimitExceeded",
          "RequestThrottled",
          "RequestThrottledException",
          "TooManyRequestsException",
          "BandwidthLimitExceeded",
          "SlowDown");

  private static final Set<String> TRANSIENT =
      Set.of(
          "InternalServerError",
          "InternalFailure",
          "InternalError",
          "ServiceUnavailable",
          "ServiceUnavailableException",
          "RequestTimeout",
          "RequestTimeoutException",
          "ReplicatedWriteConflictException");

  private static final Set<String> SIGNATURE =
      Set.of(
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "RequestTimeTooSkewed",
          "RequestExpired",
          "RequestInTheFuture");

  private static final Set<String> CREDENTIALS =
      Set.of(
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidAccessKeyId",
          "IncompleteSignatureException",
          "IncompleteSignature",
          "MissingAuthenticationTokenException",
          "MissingAuthenticationToken",
          "OptInRequired");

  /** Reads an error body, whatever it is. */
  static ErrorAnswer parse(int status, byte[] body, int length) {
    JsonNode json;
    try {
      json = JSON.readTree(body, 0, length);
    } catch (IOException e) {
      return foreign(status); // such as a proxy's HTML page
    }
    if (json == null || !json.isObject()) {
      return foreign(status);
    }
    String type = json.path("__type").asText(json.path("code").asText(""));
    if (type.isEmpty()) {
      return foreign(status);
    }
    String message = json.path("message").asText(json.path("Message").asText(""));
    return of(status, type.substring(type.lastIndexOf('#') + 1), message);
  }

  static ErrorAnswer of(int status, String name, String message) {
    // Refused signatures are explained by the signed text, session token included.
    int secrets = message.indexOf("The Canonical String");
    String open = secrets < 0 ? message : message.substring(0, secrets).strip();
    if (name.isEmpty()) {
      return nameless(status);
    }
    return new ErrorAnswer(status, Printable.text(name), Printable.text(open));
  }

  /** AWS names its errors. Other servers say 404, with a page for people, to what they lack. */
  private static ErrorAnswer nameless(int status) {
    return status == 404
        ? new ErrorAnswer(
            status, "UnknownOperation", "the endpoint answers HTTP 404 without an error of AWS")
        : new ErrorAnswer(
            status, NAMELESS + status, "the answer, HTTP " + status + ", does not come from AWS");
  }

  private static ErrorAnswer foreign(int status) {
    return new ErrorAnswer(
        status, NAMELESS + status, "the answer does not come from a DynamoDB endpoint");
  }

  Kind kind() {
    if (THROTTLING.contains(name) || status == 429) {
      return Kind.THROTTLED;
    }
    if (status == 501) {
      return Kind.UNSUPPORTED;
    }
    if (TRANSIENT.contains(name) || status >= 500 || status == 408) {
      return Kind.TRANSIENT;
    }
    if (SIGNATURE.contains(name)) {
      return Kind.SIGNATURE;
    }
    if (CREDENTIALS.contains(name)) {
      return Kind.CREDENTIALS;
    }
    if (name.startsWith(NAMELESS)) {
      return Kind.FOREIGN;
    }
    return switch (name) {
      case "ExpiredTokenException", "ExpiredToken" -> Kind.EXPIRED_TOKEN;
      case "AccessDeniedException", "AccessDenied", "NotAuthorized" -> Kind.ACCESS_DENIED;
      case "ResourceNotFoundException" -> Kind.NOT_FOUND;
      case "UnknownOperationException", "UnknownOperation" -> Kind.UNSUPPORTED;
      default -> Kind.REFUSED;
    };
  }

  /** The typed exception for this error. */
  DynavaultException toException(String operation, URI endpoint) {
    return toException(operation, "call " + operation + " at '" + endpoint + "'");
  }

  /** The typed exception for this error of an operation whose endpoint is not at hand. */
  DynavaultException toException(String operation) {
    return toException(operation, "call " + operation);
  }

  private DynavaultException toException(String operation, String action) {
    String text = "unable to " + action + ": " + name + (message.isEmpty() ? "" : ": " + message);
    return switch (kind()) {
      case THROTTLED -> new ThrottledException(text);
      case TRANSIENT -> refused(ErrorCode.SERVICE_UNAVAILABLE, text);
      case EXPIRED_TOKEN ->
          new RefusedException(
              ErrorCode.CREDENTIALS,
              name,
              text,
              "sign in again, for example with: aws sso login; then run again");
      case SIGNATURE, CREDENTIALS -> refused(ErrorCode.CREDENTIALS, text);
      case ACCESS_DENIED ->
          new RefusedException(
              ErrorCode.ACCESS_DENIED, name, text, Remedy.ofAccessDenied(operation, message));
      case NOT_FOUND ->
          refused(
              operation.contains(":") ? ErrorCode.RESOURCE_NOT_FOUND : ErrorCode.TABLE_NOT_FOUND,
              text);
      case UNSUPPORTED -> refused(ErrorCode.UNSUPPORTED, text);
      case FOREIGN ->
          new RefusedException(
              ErrorCode.REQUEST_REFUSED, name, text, "check --endpoint-url and the proxy settings");
      case REFUSED ->
          Remedy.of(name)
              .map(remedy -> new RefusedException(remedy.code(), name, text, remedy.hint()))
              .orElseGet(() -> refused(ErrorCode.REQUEST_REFUSED, text));
    };
  }

  private RefusedException refused(ErrorCode code, String text) {
    return new RefusedException(code, name, text);
  }
}
