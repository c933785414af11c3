// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local.child;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process when its parent is gone. The parent holds the other end of standard input; it
 * closes when the parent closes it, exits, crashes or is killed with a signal that nobody can
 * catch.
 */
final class Lifeline {
  private Lifeline() {}

  static void watch(InputStream input, Path workingFolder) {
    ignoreInterrupts();
    Thread thread = new Thread(() -> endWith(input, workingFolder), "lifeline");
    thread.setDaemon(true);
    thread.start();
  }

  private static void endWith(InputStream input, Path workingFolder) {
    try {
      while (input.read() >= 0) {
        // What the parent writes has no meaning; only the end counts.
      }
    } catch (IOException e) {
      // A broken pipe is an end, too.
    } finally {
      try {
        WorkingFolder.delete(workingFolder);
      } finally {
        Runtime.getRuntime().halt(0);
      }
    }
  }

  /**
   * A Ctrl-C in the terminal reaches every process in the foreground. The parent may still need its
   * servers in order to end cleanly, so only the parent reacts. The signal class is not part of
   * Java SE; where it is missing, the child ends at Ctrl-C.
   */
  private static void ignoreInterrupts() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance("INT"),
              handler.getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException e) {
      System.err.println("interrupts are not ignored: " + reason(e));
    }
  }

  private static @Nullable Throwable reason(ReflectiveOperationException e) {
    return e instanceof InvocationTargetException ? e.getCause() : e;
  }
}
