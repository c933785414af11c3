// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.output.ProgressDisplay;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The counters of a command's jobs, shown while they run. Safe for several threads. */
public final class ProgressBoard implements AutoCloseable {
  private final Session session;
  private final StopSignal stop;
  private final List<Progress> jobs = new CopyOnWriteArrayList<>();
  private final ProgressDisplay display;

  private ProgressBoard(Session session) {
    this.session = requireNonNull(session, "session is null");
    this.stop = session.gracefulStop().get();
    this.display =
        ProgressDisplay.start(
            session.output(),
            session.context().ticker(),
            () -> jobs.stream().map(Progress::snapshot).toList());
  }

  /** Starts to show; from now on a signal of the user stops jobs instead of interrupting. */
  public static ProgressBoard start(Session session) {
    return new ProgressBoard(session);
  }

  /** The user's wish to stop. */
  public StopSignal stop() {
    return stop;
  }

  /** What the run of one more job is given. */
  public RunContext context(String subject) {
    Progress progress = new Progress(subject);
    jobs.add(progress);
    return new RunContext(session.context().timing(), session.context().ticker(), progress, stop);
  }

  /** Stops to show. */
  @Override
  public void close() {
    display.close();
  }
}
