// SPDX-License-Identifier: Apache-2.0
/**
 * Figures of runs for CloudWatch, as lines of its embedded metric format: whatever carries log
 * lines to CloudWatch Logs (a Lambda's standard output, the CloudWatch agent) makes metrics of
 * them.
 */
@NullMarked
package io.dynavault.core.metrics;

import org.jspecify.annotations.NullMarked;
