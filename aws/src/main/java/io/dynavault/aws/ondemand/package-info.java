// SPDX-License-Identifier: Apache-2.0
/**
 * DynamoDB's on-demand backups: made, recorded in a vault, listed, deleted (DynamoDB Developer
 * Guide, "On-demand backup and restore").
 *
 * <p>CreateBackup takes no client token and its backups no tags. What tells which backup belongs to
 * a run that died is therefore an intent in the vault's journal, written before the request with
 * the name that the backup is going to have: the next run looks that name up with ListBackups, and
 * records what is there. A name alone, without the intent, would not do: another vault or another
 * person may use the same prefix.
 */
@NullMarked
package io.dynavault.aws.ondemand;

import org.jspecify.annotations.NullMarked;
