// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

/** Looks up whether the process of a lease's holder still lives, where that can be known. */
@FunctionalInterface
public interface ProcessProbe {
  /** What is known of a process. */
  enum Life {
    ALIVE,
    DEAD,
    UNKNOWN
  }

  /** DEAD and ALIVE only where there is no doubt. */
  Life lifeOf(Holder holder);

  /** Knows the processes of this machine's process space. */
  static ProcessProbe system() {
    return LocalProcesses::lifeOf;
  }

  /** Knows nothing. */
  static ProcessProbe none() {
    return holder -> Life.UNKNOWN;
  }
}
