// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets changes of one key take turns, across threads and processes. Keys share a fixed number of
 * lock files, which stay: deleting a lock file that somebody is about to lock would let two in.
 *
 * <p>The thread lock is taken first, for the whole process: file locks belong to a process, and
 * closing any handle of the file would end them.
 */
final class KeyLocks {
  private static final int FILES = 64;
  private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final LocalPaths paths;

  KeyLocks(LocalPaths paths) {
    this.paths = paths;
  }

  /** Waits until nobody else changes the key. The folder of the locks is created when missing. */
  Held hold(String key) throws IOException {
    Path folder = paths.locks();
    Path file = folder.resolve(String.format("%02x", Math.floorMod(key.hashCode(), FILES)));
    DurableFolders.create(folder);
    ReentrantLock thread =
        THREADS.computeIfAbsent(
            folder.toRealPath().resolve(file.getFileName()), path -> new ReentrantLock());
    lockInterruptibly(thread);
    try {
      return new Held(thread, lockFile(file));
    } catch (IOException | RuntimeException e) {
      thread.unlock();
      throw e;
    }
  }

  private static FileChannel lockFile(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      channel.lock();
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lockInterruptibly(ReentrantLock lock) throws IOException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
  }

  /** A held lock; closing releases it. */
  static final class Held implements AutoCloseable {
    private final ReentrantLock thread;
    private final FileChannel file;

    private Held(ReentrantLock thread, FileChannel file) {
      this.thread = thread;
      this.file = file;
    }

    @Override
    public void close() throws IOException {
      try {
        file.close();
      } finally {
        thread.unlock();
      }
    }
  }
}
