// SPDX-License-Identifier: Apache-2.0
/**
 * Continuous backups without a capture: a {@link io.dynavault.testing.continuous.RecordedTable} is
 * written by the test alone, which says at what time it does so, and every write is recorded in a
 * chain by the format's page, sharing nothing with what is tested.
 */
@NullMarked
package io.dynavault.testing.continuous;

import org.jspecify.annotations.NullMarked;
