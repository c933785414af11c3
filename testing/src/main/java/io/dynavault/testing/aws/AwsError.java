// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

/** An error that the stub answers with; handlers throw it. */
public final class AwsError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  private AwsError(int status, String code, String message) {
    super(requireNonNull(message, "message is null"), null, false, false);
    this.status = status;
    this.code = requireNonNull(code, "code is null");
  }

  /** A client's error, with the status that nearly all services give: 400. */
  public static AwsError of(String code, String message) {
    return new AwsError(400, code, message);
  }

  /** An error with another status. */
  public static AwsError of(int status, String code, String message) {
    return new AwsError(status, code, message);
  }

  public static AwsError validation(String message) {
    return of("ValidationException", message);
  }

  public static AwsError throttling() {
    return of("ThrottlingException", "Rate exceeded");
  }

  /** The service's own fault, which every client retries. */
  public static AwsError internal() {
    return of(500, "InternalServerError", "The request processing has failed");
  }

  /** What IAM says when no policy allows the action. */
  public static AwsError accessDenied(String action, String resource) {
    return of(
        "AccessDeniedException",
        "User: arn:aws:iam::"
            + StubContext.ACCOUNT
            + ":user/tester is not authorized to perform: "
            + action
            + " on resource: "
            + resource
            + " because no identity-based policy allows the "
            + action
            + " action");
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** Never null, unlike that of other exceptions. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
