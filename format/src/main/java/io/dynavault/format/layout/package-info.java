// SPDX-License-Identifier: Apache-2.0
/** Every object key of an export and of a vault is built and parsed here and nowhere else. */
@NullMarked
package io.dynavault.format.layout;

import org.jspecify.annotations.NullMarked;
