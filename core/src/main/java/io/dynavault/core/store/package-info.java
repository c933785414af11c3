// SPDX-License-Identifier: Apache-2.0
/**
 * Where bytes live: one small interface over a folder, an S3 bucket or memory. Objects are written
 * once; what must not overlap is decided by conditional puts.
 */
@NullMarked
package io.dynavault.core.store;

import org.jspecify.annotations.NullMarked;
