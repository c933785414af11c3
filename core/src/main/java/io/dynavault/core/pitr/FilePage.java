// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.Checksum;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Change files that follow each other, of commits that were written in one hour. */
sealed interface FilePage {

  /** How many there are. */
  int count();

  /** The files, in the order of their changes. */
  List<NeededFile> files();

  /**
   * Where the files of a page are named.
   *
   * @param first number of the first commit
   * @param last number of the last commit
   */
  record Span(Instant hour, long first, long last) {
    public Span {
      requireNonNull(hour, "hour is null");
    }
  }

  /** Files that are remembered. */
  record Known(Span span, List<NeededFile> files) implements FilePage {
    public Known {
      requireNonNull(span, "span is null");
      files = List.copyOf(files);
    }

    @Override
    public int count() {
      return files.size();
    }

    /** The same files, to be found again in the chain by the rule that has chosen them. */
    FilePage forgotten(ChainLog log, FileRule rule) {
      return new Forgotten(log, rule, span, files.size(), digestOf(files));
    }
  }

  /**
   * Files that are read from the chain each time.
   *
   * @param digest tells them from any others
   */
  record Forgotten(ChainLog log, FileRule rule, Span span, int count, Checksum digest)
      implements FilePage {
    public Forgotten {
      requireNonNull(log, "log is null");
      requireNonNull(rule, "rule is null");
      requireNonNull(span, "span is null");
      requireNonNull(digest, "digest is null");
    }

    /**
     * @throws DynavaultException {@code DAMAGED} where these are not the files any more that were
     *     chosen, {@code RECOVERY_POINT_NOT_FOUND} where their commits have expired
     */
    @Override
    public List<NeededFile> files() {
      List<NeededFile> files = new ArrayList<>();
      log.walk(
          span.hour(),
          span.first(),
          span.last(),
          commit -> {
            files.addAll(rule.needed(commit));
            return true;
          });
      if (!digestOf(files).equals(digest)) {
        throw new DynavaultException(
            ErrorCode.DAMAGED,
            "unable to read %s: commits %d to %d are not what they were when they were planned with"
                .formatted(log, span.first(), span.last()),
            "see what is damaged with: dynavault verify; then begin again");
      }
      return files;
    }
  }

  /** A digest of all that is read of the files. */
  private static Checksum digestOf(List<NeededFile> files) {
    MessageDigest digest = Checksum.Algorithm.SHA256.newDigest();
    for (NeededFile needed : files) {
      ChangeFile file = needed.file();
      String line = file.key() + ' ' + file.checksum().value() + ' ' + file.changes();
      digest.update(line.getBytes(US_ASCII));
      digest.update((byte) (needed.undoes() ? '-' : '+'));
    }
    return Checksum.Algorithm.SHA256.of(digest);
  }
}
