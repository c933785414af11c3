// SPDX-License-Identifier: Apache-2.0
/**
 * Notifications by HTTP POST: as Slack's incoming webhooks take them, as an adaptive card for a
 * workflow of Microsoft Teams, or as plain JSON for programs. The address of a webhook is a secret,
 * because whoever knows it can post: only its scheme and host are ever shown.
 */
@NullMarked
package io.dynavault.core.notify.webhook;

import org.jspecify.annotations.NullMarked;
