// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.Timing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between Lambda and a function: whatever happens, it gets an answer. */
public final class Entrance {
  private static final Logger log = LoggerFactory.getLogger(Entrance.class);
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Host host;
  private final Function function;

  /** What a function does. */
  @FunctionalInterface
  public interface Function {
    /**
     * Does it.
     *
     * @throws DynavaultException if nothing could be done
     */
    Reply handle(Invocation invocation) throws InterruptedException;
  }

  public Entrance(Host host, Function function) {
    this.host = requireNonNull(host, "host is null");
    this.function = requireNonNull(function, "function is null");
  }

  /** Handles one invocation. */
  public void handle(InputStream in, OutputStream out, Context context) throws IOException {
    byte[] answer = MAPPER.writeValueAsBytes(answer(in, context).toJson());
    out.write(answer);
  }

  private Reply answer(InputStream in, Context context) throws IOException {
    StopSignal stop = new StopSignal();
    Deadline deadline = new Deadline(context::getRemainingTimeInMillis);
    try (Deadline.Watch watch = deadline.watch(stop, host.timing().sleeper())) {
      requireNonNull(watch);
      return function.handle(invocation(Event.read(in), context, deadline, stop));
    } catch (DynavaultException e) {
      log.error("{}: {}", e.code(), e.getMessage(), e);
      return Answer.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.failed(
          new DynavaultException(ErrorCode.INTERRUPTED, "the function was interrupted", e));
    } catch (RuntimeException e) {
      log.error("unexpected failure", e);
      return Answer.failed(new DynavaultException(ErrorCode.BUG, "unexpected failure: " + e, e));
    }
  }

  private Invocation invocation(Event event, Context context, Deadline deadline, StopSignal stop) {
    Timing timing = host.timing();
    return new Invocation(
        event,
        event.requestId().orElseGet(context::getAwsRequestId),
        timing.clock().instant(),
        timing,
        host.ticker(),
        deadline,
        stop,
        host.continuation(context.getInvokedFunctionArn()));
  }
}
