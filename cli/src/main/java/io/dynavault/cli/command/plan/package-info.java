// SPDX-License-Identifier: Apache-2.0
/**
 * The commands on backup plans: one YAML document says what a plan, its selections, vaults and
 * restore tests shall be; {@code diff} compares it with the account, {@code apply} makes the
 * account so, {@code export} writes a document of what is there.
 */
@NullMarked
package io.dynavault.cli.command.plan;

import org.jspecify.annotations.NullMarked;
