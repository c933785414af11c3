// SPDX-License-Identifier: Apache-2.0
/**
 * Tables to try things with: eight orders of a shop, and any number of generated items that have
 * every attribute type. A table is nothing but texts, the bodies of requests to DynamoDB and items
 * in DynamoDB JSON, so that the demonstration and the tests send them by their own means. The same
 * seed gives the same items.
 */
@NullMarked
package io.dynavault.local.demo;

import org.jspecify.annotations.NullMarked;
