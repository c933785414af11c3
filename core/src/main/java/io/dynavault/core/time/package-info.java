// SPDX-License-Identifier: Apache-2.0
/** Time, waiting and chance, injected so that tests decide them. */
@NullMarked
package io.dynavault.core.time;

import org.jspecify.annotations.NullMarked;
