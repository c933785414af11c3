// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.dynamodb;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.ThrottledException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** An error of the service by its name, as a transport and as an SDK client throw it. */
record ServiceError(ErrorCode code, String name, String message) {

  static ServiceError tableNotFound(String table) {
    return new ServiceError(
        ErrorCode.TABLE_NOT_FOUND,
        "ResourceNotFoundException",
        "Requested resource not found: " + table);
  }

  static ServiceError validation(String message) {
    return new ServiceError(ErrorCode.REQUEST_REFUSED, "ValidationException", message);
  }

  /** The error that a client meets as this code. */
  static ServiceError injected(ErrorCode code) {
    String name =
        switch (code) {
          case THROTTLED -> "ThrottlingException";
          case ACCESS_DENIED -> "AccessDeniedException";
          case CREDENTIALS -> "ExpiredTokenException";
          case TABLE_NOT_FOUND -> "ResourceNotFoundException";
          case SERVICE_UNAVAILABLE -> "InternalServerError";
          default -> throw new IllegalArgumentException("no error of DynamoDB: " + code);
        };
    return new ServiceError(code, name, "injected");
  }

  DynavaultException ofTransport() {
    return code == ErrorCode.THROTTLED
        ? new ThrottledException(name + ": " + message)
        : new RefusedException(code, name, name + ": " + message);
  }

  DynamoDbException ofClient() {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(code == ErrorCode.SERVICE_UNAVAILABLE ? 500 : 400)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(name).errorMessage(message).build())
            .build();
  }
}
