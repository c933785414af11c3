// SPDX-License-Identifier: Apache-2.0
/**
 * One table of options, {@link io.dynavault.cli.config.ConfigOptions}: every row has a key for
 * {@code dynavault.yaml}, an environment variable and a flag, a type with its range and a default.
 * {@link io.dynavault.cli.config.ConfigLoader} merges flag over environment over file over default
 * and lists all problems at once. Help texts, docs/reference/config.md and tests derive from the
 * table. There are no secrets in it: credentials come from the AWS SDK's own chain.
 */
@NullMarked
package io.dynavault.cli.config;

import org.jspecify.annotations.NullMarked;
