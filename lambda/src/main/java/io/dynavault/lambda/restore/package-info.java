/**
 * Restores the tables of a day. A recovery point is read and checked as a whole before the first
 * item is written or deleted. What is done of each table is kept in a {@link
 * io.dynavault.lambda.restore.StoredCheckpoint} in the vault, data file by data file, so that a
 * restore that takes longer than an invocation goes on in the next one. On-demand backups are
 * restored by AWS, which this only asks for and waits for.
 */
@NullMarked
package io.dynavault.lambda.restore;

import org.jspecify.annotations.NullMarked;
