// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A job of AWS Backup.
 *
 * @param resourceArn of the table that is backed up, or was
 * @param vault name or ARN of the vault that the recovery point is in; of a copy, where it comes
 *     from
 * @param recoveryPointArn what is made, copied or restored, once it is known
 * @param resultArn the copy, or the restored table, once it is known
 * @param percentDone as AWS writes it
 * @param plan name of the backup plan that started it
 */
public record AwsJob(
    JobKind kind,
    String id,
    JobState state,
    Optional<String> resourceArn,
    Optional<String> vault,
    Optional<String> recoveryPointArn,
    Optional<String> resultArn,
    Optional<Instant> created,
    Optional<Instant> completed,
    OptionalLong bytes,
    Optional<String> percentDone,
    Optional<String> message,
    Optional<String> plan) {

  public AwsJob {
    requireNonNull(kind, "kind is null");
    requireNonNull(id, "id is null");
    requireNonNull(state, "state is null");
    requireNonNull(resourceArn, "resourceArn is null");
    requireNonNull(vault, "vault is null");
    requireNonNull(recoveryPointArn, "recoveryPointArn is null");
    requireNonNull(resultArn, "resultArn is null");
    requireNonNull(created, "created is null");
    requireNonNull(completed, "completed is null");
    requireNonNull(bytes, "bytes is null");
    requireNonNull(percentDone, "percentDone is null");
    requireNonNull(message, "message is null");
    requireNonNull(plan, "plan is null");
  }

  /** The table's name, where the resource is one. */
  public Optional<String> table() {
    return resourceArn.flatMap(TableArns::table);
  }

  /** A copy job, in the words of an error: {@code copy job '…'}. */
  public String title() {
    return kind.text() + " job '" + id + "'";
  }

  /**
   * This job, if it has done what it was for.
   *
   * @throws DynavaultException {@code REQUEST_REFUSED} with AWS's reason if it ended otherwise
   */
  public AwsJob requireCompleted() {
    if (state == JobState.COMPLETED) {
      return this;
    }
    String reason = message.map(text -> ": " + text.replace("\"", "")).orElse("");
    throw new DynavaultException(
        ErrorCode.REQUEST_REFUSED,
        "unable to finish "
            + title()
            + table().map(table -> " of table '" + table + "'").orElse("")
            + ": it is "
            + state
            + reason,
        hint(reason));
  }

  private String hint(String reason) {
    if (state == JobState.EXPIRED) {
      return "it did not start in its start window: start it again, with a longer window";
    }
    if (state == JobState.ABORTED) {
      return "somebody stopped it, or its completion window was too short: start it again";
    }
    if (reason.contains("vault") && reason.contains("does not exist")) {
      return "create the vault with: dynavault aws-backup vault create";
    }
    return "see the job with: dynavault aws-backup jobs --kind " + kind.text() + " --id " + id;
  }
}
