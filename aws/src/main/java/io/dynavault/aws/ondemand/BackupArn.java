// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPointId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of an on-demand backup: {@code arn:aws:dynamodb:REGION:ACCOUNT:table/TABLE/backup/ID}.
 *
 * @param text as AWS writes it
 */
public record BackupArn(
    String text, String region, String account, String tableName, RecoveryPointId id) {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:[a-z-]+:dynamodb:([a-z0-9-]+):([0-9]*):table/([a-zA-Z0-9_.-]{3,255})"
              + "/backup/([0-9]{14}-[0-9a-f]{8})");

  /** The parts of an ARN; empty where it is not one of an on-demand backup. */
  public static Optional<BackupArn> find(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new BackupArn(
                text,
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                new RecoveryPointId(matcher.group(4))))
        : Optional.empty();
  }

  /**
   * Reads an ARN that somebody has given.
   *
   * @throws DynavaultException {@code USAGE}
   */
  public static BackupArn parse(String text) {
    return find(text)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.USAGE,
                    "unable to use '" + text + "': not the ARN of an on-demand backup",
                    "see the ARNs with: dynavault on-demand list"));
  }

  /** The ARN of the table that was backed up. */
  public String tableArn() {
    return text.substring(0, text.indexOf("/backup/"));
  }

  @Override
  public String toString() {
    return text;
  }
}
