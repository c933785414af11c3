// SPDX-License-Identifier: Apache-2.0
/**
 * Continuous backups seen by a second reader: what their objects say is read as
 * docs/format/continuous.md tells, without the code that restores.
 */
@NullMarked
package io.dynavault.testing.capture;

import org.jspecify.annotations.NullMarked;
