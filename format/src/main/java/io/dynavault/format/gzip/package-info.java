// SPDX-License-Identifier: Apache-2.0
/**
 * A gzip encoder made for data files: fast, in pure Java, read by every gunzip (RFC 1951, RFC
 * 1952).
 *
 * <p>The text is cut into blocks. For each block {@link Matcher} replaces what occurred up to 32
 * KiB before by copies, looking at one place per position: the latest one whose first bytes have
 * the same hash. {@link BlockWriter} then writes the block in the shortest of the three ways that
 * deflate knows: with Huffman codes made for it, with the fixed ones, or as it is. So what cannot
 * be compressed grows by 5 bytes in 65,535.
 *
 * <p>The bytes written depend on the text only, never on how it was cut into calls. Nothing is
 * allocated per block.
 */
@NullMarked
package io.dynavault.format.gzip;

import org.jspecify.annotations.NullMarked;
