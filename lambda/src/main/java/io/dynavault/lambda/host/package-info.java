/**
 * What a function finds when it is invoked: its settings, its event, the time that is left, the
 * engine's parts put together, and a way to go on in another invocation. {@link
 * io.dynavault.lambda.host.Host} is the composition root; {@link io.dynavault.lambda.host.Entrance}
 * turns the bytes that Lambda passes into an {@link io.dynavault.lambda.host.Event} and an {@link
 * io.dynavault.lambda.host.Answer} into bytes.
 *
 * <p>Nothing is opened, drawn or read before an invocation: a snapshot (SnapStart) of an
 * initialised function holds neither connections nor credentials nor the state of a random
 * generator.
 */
@NullMarked
package io.dynavault.lambda.host;

import org.jspecify.annotations.NullMarked;
