// SPDX-License-Identifier: Apache-2.0
/**
 * Which method of backup fits a table: {@link io.dynavault.aws.advise.FactFinder} asks what table
 * and endpoint offer, {@link io.dynavault.aws.advise.MethodChoice} decides, {@link
 * io.dynavault.aws.advise.Advice} compares all methods. Deciding and comparing are pure.
 */
@NullMarked
package io.dynavault.aws.advise;

import org.jspecify.annotations.NullMarked;
