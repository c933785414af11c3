// SPDX-License-Identifier: Apache-2.0
/** Backups that somebody or something has damaged, and good ones that nothing may be said about. */
@NullMarked
package io.dynavault.testing.corruption;

import org.jspecify.annotations.NullMarked;
