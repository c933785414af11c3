// SPDX-License-Identifier: Apache-2.0
/**
 * Figures that tests leave for docs/scorecard.md: what was tried, how often, and what went wrong.
 * Each test writes one small file below {@code target/scorecard}; the page is made from them.
 */
@NullMarked
package io.dynavault.testing.scorecard;

import org.jspecify.annotations.NullMarked;
