// SPDX-License-Identifier: Apache-2.0
/**
 * Files of changes. The records of incremental exports say which items have changed in a window of
 * time, one record for each key, and what each was before and after (DynamoDB Developer Guide,
 * "DynamoDB table export output format"). Those of a continuous backup have the same form, and one
 * record for each change (docs/format/continuous.md). A reader checks a file as it does those of
 * full exports; writers make the lines that AWS makes.
 */
@NullMarked
package io.dynavault.format.change;

import org.jspecify.annotations.NullMarked;
