// SPDX-License-Identifier: Apache-2.0
/**
 * A stream of changes of generated items, in the process that reads it: as many of them as one
 * likes, in the order of their keys, each of them with both images. Their parts are made before the
 * first request.
 */
@NullMarked
package io.dynavault.benchmark.stream;

import org.jspecify.annotations.NullMarked;
