// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.error.DynavaultException;

/** How the capture of one chain has ended. */
sealed interface Ending {

  /** It is up to date or was asked to stop; the chain goes on another time. */
  record Paused() implements Ending {}

  /** The same, but that its base could not be made. */
  record WithoutBase(DynavaultException failure) implements Ending {}

  /** The chain cannot be gone on with. */
  record Gap(ChainEnd end) implements Ending {}
}
