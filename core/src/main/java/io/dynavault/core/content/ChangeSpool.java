// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.temporary.TemporaryFolder;
import io.dynavault.format.item.ChangeLine.Slice;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Changes of keys, of which the one of the highest rank counts for each. They are added in streams,
 * each by a thread of its own; then {@link #finish} ends that; then keys are looked up and images
 * are read, by several threads. What is in a stream that is read depends on nothing but the changes
 * that were added.
 *
 * <p>Memory stays small whatever the number of changes: what has no room goes to temporary files.
 * Whoever adds those of the highest ranks first saves the images of the others.
 */
final class ChangeSpool implements AutoCloseable {
  /** Of a place, the number of the change in its stream; the rest is that of the stream. */
  private static final int CHANGE_BITS = 40;

  private final SpoolFolder folder = new SpoolFolder();
  private final DecidingChanges deciding;
  private final ImageStream[] streams;
  private final AtomicLong imageRoom;

  /**
   * What changes may take of the memory.
   *
   * @param keys bytes for what is known of keys
   * @param images bytes for the images of streams that have ended
   * @param stream bytes for those of a stream that is written
   */
  record Memory(long keys, long images, int stream) {
    /**
     * 350,000 keys have room at least, and more in a large heap: they are looked up all the time.
     */
    static Memory ofThisProcess() {
      long share = Runtime.getRuntime().maxMemory() / 16;
      return new Memory(Math.max(16 << 20, share), 8 << 20, 1 << 20);
    }
  }

  ChangeSpool(int streams) {
    this(streams, Memory.ofThisProcess());
  }

  ChangeSpool(int streams, Memory memory) {
    this.deciding = new DecidingChanges(memory.keys(), folder);
    this.streams = new ImageStream[streams];
    this.imageRoom = new AtomicLong(memory.images());
    for (int number = 0; number < streams; number++) {
      this.streams[number] = new ImageStream(deciding, folder, number + ".images", memory.stream());
    }
  }

  int streams() {
    return streams.length;
  }

  /** Begins a stream; each is written once. */
  Writer write(int number) {
    return new Writer(streams[number], (long) number << CHANGE_BITS);
  }

  /** Adds the changes of a stream. Confined to one thread. */
  final class Writer implements AutoCloseable {
    private final ImageStream images;
    private long place;
    private KeyDigest key = new KeyDigest(0, 0);
    private long rank;
    private RankTable.Outcome outcome = RankTable.Outcome.OUTRANKED;

    private Writer(ImageStream images, long firstPlace) {
      this.images = images;
      this.place = firstPlace;
    }

    /**
     * Adds a change without its image.
     *
     * @param changeRank not negative; the highest of a key's counts, of equal ones the later one of
     *     the stream or that of the stream of the higher number
     * @return whether it counts by what is known so far; {@link #image} must follow if there is one
     */
    boolean add(KeyDigest changedKey, long changeRank) {
      key = changedKey;
      rank = changeRank;
      place++;
      try {
        outcome = deciding.offer(key, rank, place);
      } catch (IOException e) {
        throw failed(e);
      }
      return outcome != RankTable.Outcome.OUTRANKED;
    }

    /** Adds the image of the change that was added, which counts. */
    void image(byte[] json, Slice image) {
      try {
        images.add(outcome, key, rank, place, json, image);
      } catch (IOException e) {
        throw failed(e);
      }
    }

    /** Ends the stream, which is whole. */
    void end() {
      try {
        images.end(imageRoom);
      } catch (IOException e) {
        throw failed(e);
      }
    }

    @Override
    public void close() {
      try {
        images.close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  /** Ends adding. */
  void finish() {
    try {
      deciding.finish();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Whether the key has changed, so that the item in the base no longer counts. */
  boolean contains(KeyDigest key) {
    return deciding.contains(key);
  }

  /** Hands out the images of a stream that count. */
  void read(int number, ItemConsumer consumer) throws InterruptedException {
    try {
      streams[number].read(consumer);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Removes the files. */
  @Override
  public void close() {
    try {
      folder.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static DynavaultException failed(IOException cause) {
    return TemporaryFolder.failed("apply changes", cause);
  }
}
