// SPDX-License-Identifier: Apache-2.0
/** The hot loops one by one, under JMH, which wants classes that are neither final nor hidden. */
@NullMarked
package io.dynavault.benchmark.micro;

import org.jspecify.annotations.NullMarked;
