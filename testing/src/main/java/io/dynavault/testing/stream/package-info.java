// SPDX-License-Identifier: Apache-2.0
/**
 * A stream of changes that does what DynamoDB Local's does not and AWS's does when it likes: shards
 * split, roll over and vanish, records are trimmed or come twice, pages are empty, iterators
 * expire, calls fail. It belongs to a table of its own, so that a test knows what there is to read.
 */
@NullMarked
package io.dynavault.testing.stream;

import org.jspecify.annotations.NullMarked;
