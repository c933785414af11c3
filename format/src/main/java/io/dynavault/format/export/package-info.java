// SPDX-License-Identifier: Apache-2.0
/**
 * A full export in AWS's layout: data files, a files manifest and a summary manifest with their
 * checksums. Data files are written first, the summary last.
 */
@NullMarked
package io.dynavault.format.export;

import org.jspecify.annotations.NullMarked;
