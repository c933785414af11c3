// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.format.layout.VaultKeys;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease on a recovery point that many may have at once: it tells others what is done with it.
 * Safe for several threads.
 */
public final class Mark implements KeptLease {
  private static final Logger log = LoggerFactory.getLogger(Mark.class);

  /** What a mark says of its recovery point. */
  public enum Kind {
    /** A restore, verify or copy reads it: nobody may delete it. */
    READING(VaultKeys.READING),
    /** It is being deleted: nobody may begin to read it. */
    DELETING(VaultKeys.DELETING);

    private final String folder;

    Kind(String folder) {
      this.folder = folder;
    }

    /** What the keys of all marks of this kind begin with. */
    public String folder() {
      return folder;
    }
  }

  private final Kind kind;
  private final LeaseObject object;

  Mark(Kind kind, LeaseObject object) {
    this.kind = requireNonNull(kind, "kind is null");
    this.object = requireNonNull(object, "object is null");
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public Duration ttl() {
    return object.state().ttl();
  }

  @Override
  public void renew() {
    object.renew();
  }

  @Override
  public void close() {
    try {
      object.remove();
    } catch (DynavaultException e) {
      log.debug("mark runs out by itself, it could not be removed: kind={}", kind, e);
    }
  }
}
