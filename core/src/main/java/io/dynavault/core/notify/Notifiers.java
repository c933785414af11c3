// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.notify.Notification.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that are told how a run has ended, and of which outcomes. What fails here is told in the
 * result and never changes the outcome of the run.
 *
 * @param on outcomes that are told
 */
public record Notifiers(List<Notifier> all, Set<Result> on) {
  public Notifiers {
    all = List.copyOf(all);
    on = Set.copyOf(on);
  }

  /** Tells nobody. */
  public static Notifiers none() {
    return new Notifiers(List.of(), Set.of());
  }

  /**
   * Sends the notification to all, one after the other, if its outcome is among those to tell. An
   * interruption ends the sending and stays set.
   */
  public List<Delivery> send(Notification notification) {
    List<Delivery> deliveries = new ArrayList<>();
    if (on.contains(notification.outcome())) {
      for (Notifier notifier : all) {
        deliveries.add(
            new Delivery(notifier.kind(), notifier.destination(), attempt(notifier, notification)));
      }
    }
    return List.copyOf(deliveries);
  }

  /** Why it failed. An unexpected exception's own message could hold the address. */
  private static Optional<String> attempt(Notifier notifier, Notification notification) {
    try {
      notifier.send(notification);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    } catch (DynavaultException e) {
      return Optional.of(e.getMessage());
    } catch (RuntimeException e) {
      return Optional.of(
          "unable to notify %s '%s': unexpected %s"
              .formatted(notifier.kind(), notifier.destination(), e.getClass().getSimpleName()));
    }
  }
}
