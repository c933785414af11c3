// SPDX-License-Identifier: Apache-2.0
/**
 * The yardstick: a backup and a restore as one writes them with the AWS SDK for Java 2.x, its
 * paginator, its attribute values and the JDK's gzip streams.
 */
@NullMarked
package io.dynavault.benchmark.sdk;

import org.jspecify.annotations.NullMarked;
