// SPDX-License-Identifier: Apache-2.0
/**
 * AWS for tests, over real HTTP ({@link io.dynavault.testing.aws.AwsStub}): one server that speaks
 * the wire protocols of all services, so that the SDK's own clients, and other programs, can be run
 * against it. It is written from AWS's documents and from measured answers, including the errors.
 *
 * <p>To add operations, write one class {@code XxxArea} that implements {@link
 * io.dynavault.testing.aws.ServiceArea}: {@code register} gives {@link
 * io.dynavault.testing.aws.Operations} a method for each operation, which takes a {@link
 * io.dynavault.testing.aws.StubRequest} and returns the members of the output or throws an {@link
 * io.dynavault.testing.aws.AwsError}. Add it to the list in {@code AwsStub.areas()}. Time comes
 * from {@code StubContext.clock()}; what takes time is a {@code StubContext.pending()}, which its
 * describe operation looks at; lists end their pages at {@code StubContext.pageSize(asked)}.
 * Handlers run one at a time, so areas need no locks. Scripted errors, throttling and lost answers
 * need no code in an area. Each area has a test that calls it with the SDK's client.
 */
@NullMarked
package io.dynavault.testing.aws;

import org.jspecify.annotations.NullMarked;
