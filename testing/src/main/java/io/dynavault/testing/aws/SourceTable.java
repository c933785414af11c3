// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table that a restore to a point in time is of: named, or given by its ARN. */
record SourceTable(String region, String name) {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:dynamodb:([a-z0-9-]+):(\\d{12}):table/([a-zA-Z0-9_.-]+)");

  /**
   * Reads it from a request.
   *
   * @throws AwsError ValidationException
   */
  static SourceTable of(StubRequest request) {
    Optional<String> name = request.text("SourceTableName");
    Optional<String> arn = request.text("SourceTableArn");
    if (name.isPresent() && arn.isPresent()) {
      throw AwsError.validation("Must provide exactly one of: sourceTableArn, sourceTableName");
    }
    if (name.isPresent()) {
      return new SourceTable(request.region(), name.get());
    }
    Matcher parts =
        ARN.matcher(
            arn.orElseThrow(
                () ->
                    AwsError.validation(
                        "The parameter 'TableName' is required but was not present in the"
                            + " request")));
    if (!parts.matches()) {
      throw AwsError.validation("sourceTableArn is not a valid ARN");
    }
    if (!parts.group(2).equals(StubContext.ACCOUNT)) {
      throw AwsError.validation(
          "This action is only supported by accounts that match the resource owner’s account.");
    }
    return new SourceTable(parts.group(1), parts.group(3));
  }
}
