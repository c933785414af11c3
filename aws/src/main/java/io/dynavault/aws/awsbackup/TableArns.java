// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ARNs of tables, and what is in them. */
public final class TableArns {
  private static final Pattern FORM =
      Pattern.compile("(arn:aws[a-z-]*:dynamodb:[^:]*:[^:]*:table/([^/]+))(/.*)?");

  private TableArns() {}

  /** The table's name in the ARN of a table or of something of it. */
  public static Optional<String> table(String arn) {
    Matcher matcher = FORM.matcher(arn);
    return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
  }

  /** The table's ARN in that of something of it, such as a backup. */
  public static Optional<String> tableArn(String arn) {
    Matcher matcher = FORM.matcher(arn);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** What comes last in an ARN, such as a vault's name. */
  public static String lastPart(String arn) {
    return arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
  }
}
