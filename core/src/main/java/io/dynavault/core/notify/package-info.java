// SPDX-License-Identifier: Apache-2.0
/**
 * Telling people and programs how a run has ended. A {@link io.dynavault.core.notify.Notification}
 * says what ran on which tables and how each ended, without secrets and without item data; {@link
 * io.dynavault.core.notify.NotificationText} and {@link io.dynavault.core.notify.NotificationJson}
 * put it into words. {@link io.dynavault.core.notify.Notifiers} hands it to every {@link
 * io.dynavault.core.notify.Notifier}: one that fails is reported and changes nothing about the run.
 * Webhooks are here; SNS is in module aws, e-mail in module mail.
 */
@NullMarked
package io.dynavault.core.notify;

import org.jspecify.annotations.NullMarked;
