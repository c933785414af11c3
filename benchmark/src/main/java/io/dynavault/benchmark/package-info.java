// SPDX-License-Identifier: Apache-2.0
/**
 * Measures what the engine costs and writes docs/performance.md. Processor time of the client is
 * the measure: wall time depends on what else the machine does. Every program is measured in JVMs
 * of its own, warm, in turns with those that it is compared with; the server is a stub in a process
 * of its own, so that it is not what is measured.
 */
@NullMarked
package io.dynavault.benchmark;

import org.jspecify.annotations.NullMarked;
