// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Works on a store in a process of its own. Arguments: the folder, what to do, how often. */
final class StoreProcess {
  private StoreProcess() {}

  static Process start(Path folder, String work, int times) throws IOException {
    return startedBy(List.of(), folder, work, times);
  }

  /**
   * @param starter a program that starts others, with its arguments
   */
  static Process startedBy(List<String> starter, Path folder, String work, int times)
      throws IOException {
    List<String> command = new ArrayList<>(starter);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            folder.toString(),
            work,
            String.valueOf(times)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  public static void main(String[] arguments) throws Exception {
    RandomGenerator random = new SplittableRandom(ProcessHandle.current().pid());
    LocalStore store = new LocalStore(new StoreLocation.Folder(Path.of(arguments[0])), random);
    int times = Integer.parseInt(arguments[2]);
    switch (arguments[1]) {
      case "count" -> count(store, times);
      case "create" -> create(store, times);
      case "upload" -> upload(store);
      case "write" -> write(store);
      default -> throw new IllegalArgumentException(arguments[1]);
    }
  }

  /** Adds one to the number in the object, so many times, by compare and swap. */
  private static void count(LocalStore store, int times) throws IOException {
    for (int done = 0; done < times; ) {
      try (ObjectDownload download = store.read("counter")) {
        int number = Integer.parseInt(new String(download.readAllBytes(), UTF_8));
        byte[] next = String.valueOf(number + 1).getBytes(UTF_8);
        if (store.replace("counter", next, download.info().version()).isPresent()) {
          done++;
        }
      }
    }
  }

  /** Tries to create so many objects and prints how many of them it got. */
  private static void create(LocalStore store, int times) {
    int won = 0;
    for (int number = 0; number < times; number++) {
      byte[] own = String.valueOf(ProcessHandle.current().pid()).getBytes(UTF_8);
      if (store.putIfAbsent("taken/" + number, own).isPresent()) {
        won++;
      }
    }
    System.out.println(won);
  }

  /** Writes in each way once, and deletes. */
  private static void write(LocalStore store) {
    store.putIfAbsent("absent/object", new byte[1]);
    ObjectInfo put = store.put("put/object", new byte[1]);
    store.replace("put/object", new byte[2], put.version());
    try (ObjectUpload upload = store.upload("uploaded/object")) {
      upload.write(new byte[100_000]);
      upload.commit();
    }
    store.put("deleted/object", new byte[1]);
    store.put("deleted/other", new byte[1]);
    store.delete("deleted/object");
  }

  /** Writes without end, until it is killed. */
  private static void upload(LocalStore store) {
    try (ObjectUpload upload = store.upload("data")) {
      while (true) {
        upload.write(new byte[100_000]);
        System.out.println("written");
      }
    }
  }
}
