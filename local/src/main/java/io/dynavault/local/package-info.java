// SPDX-License-Identifier: Apache-2.0
/** local */
@NullMarked
package io.dynavault.local;

import org.jspecify.annotations.NullMarked;
