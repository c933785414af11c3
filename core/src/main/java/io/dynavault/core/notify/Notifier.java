// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify;

/** A way to tell how a run has ended: a topic, a webhook, a mailbox. */
public interface Notifier {

  /** What kind it is, in a word, such as {@code webhook}. */
  String kind();

  /** Where it goes, fit for printing: of a secret address only what is no secret. */
  String destination();

  /**
   * Sends it, within a bounded time.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code NOTIFICATION_FAILED}
   */
  void send(Notification notification) throws InterruptedException;
}
