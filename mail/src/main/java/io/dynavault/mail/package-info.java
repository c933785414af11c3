// SPDX-License-Identifier: Apache-2.0
/**
 * Notifications by e-mail over SMTP. The connection is encrypted unless that is switched off, and a
 * password is never sent over one that is not.
 */
@NullMarked
package io.dynavault.mail;

import org.jspecify.annotations.NullMarked;
