// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import static java.util.Locale.ROOT;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What the file system's errors mean to the user. */
final class LocalFailures {
  /** Less than this free is a full disk, whatever language the system words its error in. */
  private static final long FULL_BELOW_BYTES = 64 * 1024;

  private final Path root;

  LocalFailures(Path root) {
    this.root = root;
  }

  /** The failure of reading, writing and so on (the verb) what lies at {@code path}. */
  DynavaultException map(String verb, Path path, IOException e) {
    String what = "unable to " + verb + " '" + path + "': ";
    if (e instanceof ClosedByInterruptException || e instanceof FileLockInterruptionException) {
      Thread.currentThread().interrupt();
      return new DynavaultException(ErrorCode.INTERRUPTED, what + "interrupted", e);
    }
    if (e instanceof NoSuchFileException && verb.equals("read")) {
      return new DynavaultException(
          ErrorCode.OBJECT_NOT_FOUND, what + "there is no such object", e);
    }
    String reason = reason(e);
    if (e instanceof AccessDeniedException || mentions(reason, "operation not permitted")) {
      return new DynavaultException(
          ErrorCode.ACCESS_DENIED,
          what + "permission denied",
          "grant the user who runs dynavault the right to " + verb + " below '" + root + "'",
          e);
    }
    if (mentions(reason, "read-only file system")) {
      return new DynavaultException(
          ErrorCode.ACCESS_DENIED,
          what + reason,
          "mount the file system of '" + root + "' writable, or choose another location",
          e);
    }
    if (isFull(verb, reason)) {
      return new DynavaultException(
          ErrorCode.STORE_FULL,
          what + reason,
          "the disk of '" + root + "' is full: free space there, or choose another location",
          e);
    }
    return new DynavaultException(ErrorCode.STORE_FAILED, what + reason, hint(reason, e), e);
  }

  private static String hint(String reason, IOException e) {
    if (mentions(reason, "name too long")) {
      return "this file system allows names of 255 bytes: use a store in S3";
    }
    if (mentions(reason, "too many open files")) {
      return "raise the limit of open files (ulimit -n)";
    }
    if (mentions(reason, "no locks available") || mentions(reason, "function not implemented")) {
      return "the file system must offer file locks: mount it with locking, or choose another";
    }
    if (e instanceof AtomicMoveNotSupportedException) {
      return "the folder and all below it must be one file system";
    }
    if (mentions(reason, "not a directory") || mentions(reason, "is a directory")) {
      return "a file stands where a folder is needed, or a folder where a file is: move it away";
    }
    return ErrorCode.STORE_FAILED.hint();
  }

  private boolean isFull(String verb, String reason) {
    if (mentions(reason, "no space left") || mentions(reason, "quota exceeded")) {
      return true;
    }
    try {
      return verb.equals("write")
          && Files.exists(root)
          && Files.getFileStore(root).getUsableSpace() < FULL_BELOW_BYTES;
    } catch (IOException e) {
      return false; // only the choice of an error
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason().toLowerCase(ROOT);
    }
    String message = e.getMessage();
    String name = e.getClass().getSimpleName().replaceFirst("Exception$", "");
    return message == null || e instanceof FileSystemException
        ? name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(ROOT)
        : message.toLowerCase(ROOT);
  }

  private static boolean mentions(String reason, String words) {
    return reason.contains(words);
  }
}
