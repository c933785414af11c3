/**
 * Deletes backups that are past their retention: recovery points of the vault and nothing else, and
 * of the on-demand backups only those whose names begin as ours do. The newest good one of a table
 * stays, however old it is. Changes of continuous backups expire where a window is given; chains of
 * the vault are all ours.
 */
@NullMarked
package io.dynavault.lambda.cleanup;

import org.jspecify.annotations.NullMarked;
