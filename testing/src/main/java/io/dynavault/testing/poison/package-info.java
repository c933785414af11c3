// SPDX-License-Identifier: Apache-2.0
/**
 * Items that break careless tools. {@link io.dynavault.testing.poison.LegalItems} are items that
 * DynamoDB stores, so a backup and a restore must give them back as they were; {@link
 * io.dynavault.testing.poison.IllegalItems} are refused by DynamoDB, so whoever meets one in a file
 * must refuse it, too. Each has a name that says what is special. They are DynamoDB JSON as bytes
 * on the wire, because some differ only in how the JSON is written.
 */
@NullMarked
package io.dynavault.testing.poison;

import org.jspecify.annotations.NullMarked;
