// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a recovery point of AWS Backup is kept. */
final class LifecycleOptions {
  @Option(
      names = "--delete-after-days",
      paramLabel = "DAYS",
      description = "days after which AWS deletes it (1 to 36500); without it never")
  private @Nullable Integer deleteAfterDays;

  @Option(
      names = "--cold-after-days",
      paramLabel = "DAYS",
      description =
          "days after which AWS moves it to cold storage, where it stays at least 90 days; needs"
              + " the advanced features")
  private @Nullable Integer coldAfterDays;

  boolean isGiven() {
    return deleteAfterDays != null || coldAfterDays != null;
  }

  /**
   * @throws DynavaultException {@code USAGE} if AWS would refuse it
   */
  Lifecycle value() {
    try {
      return new Lifecycle(days(coldAfterDays), days(deleteAfterDays));
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.USAGE, "unable to use this lifecycle: " + e.getMessage());
    }
  }

  private static OptionalInt days(@Nullable Integer days) {
    return days == null ? OptionalInt.empty() : OptionalInt.of(days);
  }
}
