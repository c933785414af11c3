// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.vault.Vault;

/**
 * Which table to capture, with what, and how.
 *
 * @param vault where to
 * @param streams of the endpoint that has the table; stays the caller's to close
 * @param base makes the bases
 * @param listener hears what happens
 * @param toolVersion noted in chains
 */
public record CaptureRequest(
    CapturedTable table,
    Vault vault,
    StreamClient streams,
    BaseBackup base,
    CaptureOptions options,
    CaptureListener listener,
    String toolVersion) {
  public CaptureRequest {
    requireNonNull(table, "table is null");
    requireNonNull(vault, "vault is null");
    requireNonNull(streams, "streams is null");
    requireNonNull(base, "base is null");
    requireNonNull(options, "options is null");
    requireNonNull(listener, "listener is null");
    requireNonNull(toolVersion, "toolVersion is null");
  }

  /** The same, heard by another listener. */
  CaptureRequest heardBy(CaptureListener other) {
    return new CaptureRequest(table, vault, streams, base, options, other, toolVersion);
  }
}
