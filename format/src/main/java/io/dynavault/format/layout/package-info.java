// SPDX-License-Identifier: Apache-2.0
/**
 * Every object key of an export and of a vault is built and parsed here and nowhere else, so that a
 * name from outside (a table, a manifest, a listing) passes one check before it becomes part of a
 * key. Keys use {@code /} and are relative to a root that the caller knows: the bucket, or a
 * vault's location.
 */
@NullMarked
package io.dynavault.format.layout;

import org.jspecify.annotations.NullMarked;
