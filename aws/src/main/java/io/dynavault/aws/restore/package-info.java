// SPDX-License-Identifier: Apache-2.0
/**
 * Restores that DynamoDB makes: of an on-demand backup, or of a table to a point in time, always
 * into a new table (DynamoDB Developer Guide, "Restoring a DynamoDB table from a backup").
 *
 * <p>AWS restores keys, indexes, capacity, encryption and items. What it drops (time to live,
 * stream, tags, point-in-time recovery, deletion protection, table class, auto scaling, resource
 * policy) is put back afterwards from the definition of a recovery point, or else of the table
 * itself where it still is the same one.
 */
@NullMarked
package io.dynavault.aws.restore;

import org.jspecify.annotations.NullMarked;
