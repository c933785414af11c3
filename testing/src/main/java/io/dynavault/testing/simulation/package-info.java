// SPDX-License-Identifier: Apache-2.0
/**
 * The engine in one JVM without any server and without waiting: two vaults and DynamoDB in memory,
 * a clock that passes when somebody sleeps, and runs of the program that come and go.
 *
 * <p>A {@link io.dynavault.testing.simulation.Simulation} is the world; a {@link
 * io.dynavault.testing.simulation.SimulatedProcess} is one run of the program in it, with faults at
 * any of its calls; a {@link io.dynavault.testing.simulation.UseCase} is what it does; {@link
 * io.dynavault.testing.simulation.Invariants} are what must be true whatever went wrong. A {@link
 * io.dynavault.testing.simulation.FaultSchedule} is a random history of all that.
 */
@NullMarked
package io.dynavault.testing.simulation;

import org.jspecify.annotations.NullMarked;
