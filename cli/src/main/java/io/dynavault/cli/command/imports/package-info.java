// SPDX-License-Identifier: Apache-2.0
/**
 * What AWS tells of imports: {@code dynavault imports list} and {@code describe}. They are begun
 * with {@code dynavault import --via import-table} and {@code dynavault restore --via import}.
 */
@NullMarked
package io.dynavault.cli.command.imports;

import org.jspecify.annotations.NullMarked;
