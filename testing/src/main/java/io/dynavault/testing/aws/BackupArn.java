// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ARN of a backup, checked as DynamoDB checks it. */
record BackupArn(String region, String text) {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:([^:]*):([^:]*):([^:]*):(\\d{12}):table/([a-zA-Z0-9_.-]+)/backup/(\\d{14}-[0-9a-f]{8})");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

  /**
   * Parses an ARN.
   *
   * @throws AwsError ValidationException, or AccessDeniedException for another account's
   */
  static BackupArn parse(String text) {
    Matcher arn = FORM.matcher(text);
    if (!arn.matches()) {
      throw AwsError.validation("Invalid Backup ARN");
    }
    boolean known =
        arn.group(1).startsWith("aws")
            && arn.group(2).equals("dynamodb")
            && REGION.matcher(arn.group(3)).matches();
    if (!known) {
      throw AwsError.validation("BackupArn is not valid");
    }
    if (!arn.group(4).equals(StubContext.ACCOUNT)) {
      throw AwsError.of("AccessDeniedException", "Access is denied");
    }
    return new BackupArn(arn.group(3), text);
  }
}
