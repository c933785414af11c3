// SPDX-License-Identifier: Apache-2.0
/** testing */
@NullMarked
package io.dynavault.testing;

import org.jspecify.annotations.NullMarked;
