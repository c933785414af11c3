// SPDX-License-Identifier: Apache-2.0
/** Notifications through topics of Amazon SNS, which hands them to mailboxes, phones and queues. */
@NullMarked
package io.dynavault.aws.notify;

import org.jspecify.annotations.NullMarked;
