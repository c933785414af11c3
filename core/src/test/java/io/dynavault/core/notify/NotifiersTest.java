// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.Notification.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NotifiersTest {
  private final List<String> told = new ArrayList<>();

  @Test
  void oneThatFailsIsReportedAndTheOthersAreTold() {
    Notifiers notifiers =
        new Notifiers(
            List.of(
                notifier(
                    "first",
                    () -> {
                      throw new DynavaultException(
                          ErrorCode.NOTIFICATION_FAILED, "unable to notify first: it is down");
                    }),
                notifier("second", () -> {})),
            Set.of(Result.PARTIAL));

    List<Delivery> deliveries = notifiers.send(TestingNotifications.partial());

    assertThat(deliveries)
        .containsExactly(
            new Delivery("test", "first", Optional.of("unable to notify first: it is down")),
            new Delivery("test", "second", Optional.empty()));
    assertThat(told).containsExactly("first", "second");
  }

  @Test
  @Tag("F21")
  void anUnexpectedFailureNeverTellsItsOwnMessage() {
    Notifiers notifiers =
        new Notifiers(
            List.of(
                notifier(
                    "hook",
                    () -> {
                      throw new IllegalArgumentException("https://hook/services/SECRET");
                    })),
            Set.of(Result.PARTIAL));

    assertThat(notifiers.send(TestingNotifications.partial()))
        .extracting(delivery -> delivery.failure().orElseThrow())
        .containsExactly("unable to notify test 'hook': unexpected IllegalArgumentException");
  }

  @Test
  void onlyTheOutcomesThatAreWantedAreTold() {
    Notifiers notifiers =
        new Notifiers(List.of(notifier("a", () -> {})), Set.of(Result.FAILURE, Result.PARTIAL));

    List<Delivery> deliveries =
        notifiers.send(
            Notification.of(
                TestingNotifications.run(Operation.BACKUP),
                List.of(TestingNotifications.good("a"))));

    assertThat(deliveries).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void anInterruptionIsNotSwallowed() {
    Notifiers notifiers =
        new Notifiers(
            List.of(
                notifier(
                    "slow",
                    () -> {
                      throw new InterruptedException();
                    })),
            Set.of(Result.PARTIAL));

    List<Delivery> deliveries = notifiers.send(TestingNotifications.partial());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(deliveries).noneMatch(Delivery::delivered);
  }

  private interface Sending {
    void send() throws InterruptedException;
  }

  private Notifier notifier(String name, Sending sending) {
    return new Notifier() {
      @Override
      public String kind() {
        return "test";
      }

      @Override
      public String destination() {
        return name;
      }

      @Override
      public void send(Notification notification) throws InterruptedException {
        told.add(name);
        sending.send();
      }
    };
  }
}
