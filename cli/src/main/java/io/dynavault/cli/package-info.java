// SPDX-License-Identifier: Apache-2.0
/** cli */
@NullMarked
package io.dynavault.cli;

import org.jspecify.annotations.NullMarked;
