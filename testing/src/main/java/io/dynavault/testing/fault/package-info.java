// SPDX-License-Identifier: Apache-2.0
/**
 * A proxy between a client and a server that does to chosen requests what networks and services do
 * on a bad day. {@link io.dynavault.testing.fault.HttpFaultProxy} carries every byte unchanged,
 * signatures included, until its {@link io.dynavault.testing.fault.FaultPlan} names a {@link
 * io.dynavault.testing.fault.Fault} for a request; {@link io.dynavault.testing.fault.AwsFaults} are
 * the answers that AWS gives. Random plans depend on a seed and the number of the request only, so
 * a failure can be repeated.
 */
@NullMarked
package io.dynavault.testing.fault;

import org.jspecify.annotations.NullMarked;
