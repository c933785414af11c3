// SPDX-License-Identifier: Apache-2.0
/**
 * Point-in-time recovery of tables: switched on and off, and how far back it reaches (DynamoDB
 * Developer Guide, "Point-in-time recovery"). Restores are in {@link io.dynavault.aws.restore}.
 */
@NullMarked
package io.dynavault.aws.pitr;

import org.jspecify.annotations.NullMarked;
