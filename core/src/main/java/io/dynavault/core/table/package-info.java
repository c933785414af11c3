// SPDX-License-Identifier: Apache-2.0
/**
 * A table's whole definition: read from the server before a backup, kept in the commit record, and
 * put back by a restore together with the settings that AWS's own restore drops.
 */
@NullMarked
package io.dynavault.core.table;

import org.jspecify.annotations.NullMarked;
