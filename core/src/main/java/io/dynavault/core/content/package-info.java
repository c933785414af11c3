// SPDX-License-Identifier: Apache-2.0
/**
 * What is inside a recovery point, or inside an export that AWS wrote: its data files and their
 * items. Whoever restores, verifies, compares, prints or copies begins here. Items come out as
 * DynamoDB JSON bytes whatever the export's format is; reading a file to its end verifies its
 * checksum and counts.
 */
@NullMarked
package io.dynavault.core.content;

import org.jspecify.annotations.NullMarked;
