// SPDX-License-Identifier: Apache-2.0
/**
 * The records of incremental exports: which items have changed in a window of time, one record for
 * each key, and what each was before and after (DynamoDB Developer Guide, "DynamoDB table export
 * output format"). A reader checks a file as it does those of full exports; a writer makes the
 * lines that AWS makes.
 */
@NullMarked
package io.dynavault.format.change;

import org.jspecify.annotations.NullMarked;
