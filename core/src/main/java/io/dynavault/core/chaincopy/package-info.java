// SPDX-License-Identifier: Apache-2.0
/**
 * Copies the chains of continuous backups to another vault, each time what is new
 * (docs/format/continuous.md, "Copies"): {@link io.dynavault.core.chaincopy.ChainCopyPlanner} says
 * what there is to do, {@link io.dynavault.core.chaincopy.ChainCopyRun} does it.
 *
 * <p>A copy has the objects of its source byte for byte, in an order in which it is a chain at any
 * time: files, the commit that names them, bases when their recovery points are there, the end. So
 * there is no journal: what the target has says how far a copy has come. Nothing in the target is
 * written over; a chain that differs from its source is refused.
 */
@NullMarked
package io.dynavault.core.chaincopy;

import org.jspecify.annotations.NullMarked;
