// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import java.time.Instant;

/**
 * One invocation of a function.
 *
 * @param requestId the same for the same request, however often it comes and goes on
 * @param started when this invocation began
 * @param stop given when the time is over
 */
public record Invocation(
    Event event,
    String requestId,
    Instant started,
    Timing timing,
    Ticker ticker,
    Deadline deadline,
    StopSignal stop,
    Continuation continuation) {
  public Invocation {
    requireNonNull(event, "event is null");
    requireNonNull(requestId, "requestId is null");
    requireNonNull(started, "started is null");
    requireNonNull(timing, "timing is null");
    requireNonNull(ticker, "ticker is null");
    requireNonNull(deadline, "deadline is null");
    requireNonNull(stop, "stop is null");
    requireNonNull(continuation, "continuation is null");
  }

  /** The moment that the request is about: the same in all invocations that it takes. */
  public Instant scheduledTime() {
    return event.scheduledTime().orElse(started);
  }

  /** What a run on one subject is given. */
  public RunContext context(String subject) {
    return new RunContext(timing, ticker, new Progress(subject), stop);
  }

  /** Whether the work may go on in another invocation. */
  public boolean mayContinue(int limit) {
    return event.generation() < limit;
  }

  /** Has the rest done by another invocation. */
  public void continueLater(JsonNode state) {
    continuation.invoke(event.next(requestId, scheduledTime(), state));
  }

  /** Why work that has not ended is given up. */
  public DynavaultException givenUp(String what, int limit) {
    return new DynavaultException(
        ErrorCode.INCOMPLETE,
        "unable to complete %s: it has not ended after %d invocations".formatted(what, limit + 1),
        "allow more with MAX_CONTINUATIONS, or give the function more memory and time");
  }
}
