// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

/** Hears what happens while a table is captured, on the thread that captures it. */
@FunctionalInterface
public interface CaptureListener {

  void heard(String tableName, CaptureEvent event);
}
