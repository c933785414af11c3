// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of an import: {@code arn:aws:dynamodb:REGION:ACCOUNT:table/TABLE/import/ID}.
 *
 * @param text as AWS writes it
 */
public record ImportArn(String text, String region, String tableName, String id) {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:[a-z-]+:dynamodb:([a-z0-9-]+):[0-9]*:table/([a-zA-Z0-9_.-]{3,255})"
              + "/import/([0-9a-zA-Z-]+)");

  public ImportArn {
    requireNonNull(text, "text is null");
    requireNonNull(region, "region is null");
    requireNonNull(tableName, "tableName is null");
    requireNonNull(id, "id is null");
  }

  /** The parts of an ARN; empty where it is not one of an import. */
  public static Optional<ImportArn> find(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new ImportArn(text, matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /**
   * Reads an ARN that somebody has given.
   *
   * @throws DynavaultException {@code USAGE}
   */
  public static ImportArn parse(String text) {
    return find(text)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.USAGE,
                    "unable to use '" + text + "': not the ARN of an import",
                    "see the ARNs with: dynavault imports list"));
  }

  @Override
  public String toString() {
    return text;
  }
}
