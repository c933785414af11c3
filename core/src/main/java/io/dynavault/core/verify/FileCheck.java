// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Checksum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads data files and compares them with what record and manifest say; a second time where the
 * first read found anything. Safe for several threads.
 */
final class FileCheck {
  private static final int BUFFER = 64 * 1024;

  private final ObjectStore store;
  private final VerifyLevel level;
  private final SecondLook second;
  private final RunContext context;

  FileCheck(ObjectStore store, VerifyLevel level, SecondLook second, RunContext context) {
    this.store = requireNonNull(store, "store is null");
    this.level = requireNonNull(level, "level is null");
    this.second = requireNonNull(second, "second is null");
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * @param keys takes the keys of the items, where their schema is known
   * @param remedy what to do about a damaged file
   */
  FileReport check(ExpectedFile file, Optional<KeyPass> keys, String remedy)
      throws InterruptedException {
    return level.includes(VerifyLevel.DATA)
        ? second.look(
            () -> new ItemRead(file, keys, remedy, context).read(store), FileReport::isClean)
        : second.look(() -> readBytes(file, remedy), FileReport::isClean);
  }

  private FileReport readBytes(ExpectedFile file, String remedy) throws InterruptedException {
    ContentDigest digest = new ContentDigest();
    byte[] buffer = new byte[BUFFER];
    try (ObjectDownload in = store.read(file.key())) {
      for (int count = in.read(buffer, 0, BUFFER); count >= 0; count = in.read(buffer, 0, BUFFER)) {
        requireNotStopped(context);
        digest.update(buffer, count);
        context.progress().addStored(count);
      }
    } catch (DynavaultException e) {
      Finding unreadable = Finding.error(file.key(), SecondLook.reason(e), remedy);
      return new FileReport(digest.size(), 0, 0, List.of(unreadable));
    }
    long size = digest.size();
    ContentDigest.Sums sums = digest.sums();
    return new FileReport(size, 0, 0, compare(file, sums.sha256(), sums.md5(), remedy));
  }

  static void requireNotStopped(RunContext context) throws InterruptedException {
    if (context.stop().isRequested()) {
      throw context.stop().interrupted("the verification");
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while verifying");
    }
  }

  /** A file that differs from the record differs from the manifest as well: that is said once. */
  static List<Finding> compare(ExpectedFile file, String sha256, String md5, String remedy) {
    List<Finding> findings = new ArrayList<>();
    Optional<Checksum> found =
        file.recorded().map(sum -> sum.isMd5() ? Checksum.md5(md5) : Checksum.sha256(sha256));
    if (!found.equals(file.recorded())) {
      String what = found.orElseThrow().differsFrom(file.recorded().orElseThrow());
      findings.add(Finding.error(file.key(), what, remedy));
    } else if (file.md5().isPresent() && !file.md5().get().equals(md5)) {
      String what = "its MD5 is " + md5 + ", in the manifest " + file.md5().get();
      findings.add(Finding.error(file.key(), what, remedy));
    }
    return findings;
  }
}
