// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.notify;

/** What is published to a topic. */
public enum SnsFormat {
  /** For people. */
  TEXT,
  /** For programs. */
  JSON
}
