// SPDX-License-Identifier: Apache-2.0
/**
 * Commands on point-in-time recovery: on, off, and which tables are without. The restore is {@link
 * io.dynavault.cli.command.restore.PitrRestoreCommand}, beside the other restores.
 */
@NullMarked
package io.dynavault.cli.command.pitr;

import org.jspecify.annotations.NullMarked;
