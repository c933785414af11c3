// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.cli.command.DurationConverter;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.BackupOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every import by AWS is told. */
public final class AwsImportOptions {
  @Option(
      names = "--bucket-owner",
      paramLabel = "ACCOUNT",
      description = "with --via: the account that has the bucket, if it is another one")
  private @Nullable String bucketOwner;

  @Option(
      names = "--max-wait",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description =
          "with --via: how long to wait for AWS, such as 90m or 12h, which is the default; the"
              + " import goes on after that")
  private @Nullable Duration maxWait;

  /** Whether any of them is given. */
  public boolean isUsed() {
    return bucketOwner != null || maxWait != null;
  }

  /**
   * The account that has the bucket.
   *
   * @throws DynavaultException {@code USAGE} if it is not one
   */
  public Optional<String> bucketOwner() {
    if (bucketOwner != null && !bucketOwner.matches("[0-9]{12}")) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to use the bucket owner '" + bucketOwner + "': not an account of 12 digits",
          "give it as 111122223333");
    }
    return Optional.ofNullable(bucketOwner);
  }

  /** The limit of waiting; without one that of backups. */
  public Duration maxWait(Session session) {
    return maxWait == null ? session.config().value(BackupOptions.MAX_WAIT) : maxWait;
  }
}
