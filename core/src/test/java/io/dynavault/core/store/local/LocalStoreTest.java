// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.UnfinishedUpload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to files; what every store does is in the contract suite. */
final class LocalStoreTest {
  @TempDir private Path folder;
  private LocalStore store;

  @BeforeEach
  void open() {
    store = new LocalStore(new StoreLocation.Folder(folder), new Random(1));
  }

  @Test
  void anObjectIsAPlainFile() throws IOException {
    store.put("2026-01-01/orders/a.json", bytes("hello"));

    assertThat(folder.resolve("2026-01-01/orders/a.json")).hasContent("hello");
  }

  @Test
  void readsFilesThatOthersPutThere() throws IOException {
    Files.createDirectories(folder.resolve("export"));
    Files.writeString(folder.resolve("export/manifest.json"), "{}");

    try (ObjectDownload download = store.read("export/manifest.json")) {
      assertThat(download.readAllBytes()).isEqualTo(bytes("{}"));
    }
    assertThat(keys("")).containsExactly("export/manifest.json");
  }

  @Test
  void nothingLiesBelowAnObject() {
    store.put("a", bytes("x"));

    assertThat(store.stat("a/b")).isEmpty();
    assertFails(ErrorCode.OBJECT_NOT_FOUND, "a/b", "", () -> store.read("a/b"));
    assertFails(
        ErrorCode.STORE_FAILED,
        "not a directory",
        "move it away",
        () -> store.put("a/b", bytes("")));
  }

  @Test
  void readingCreatesNothing() {
    LocalStore missing =
        new LocalStore(new StoreLocation.Folder(folder.resolve("no")), new Random());

    assertThat(missing.stat("a")).isEmpty();
    missing.list("", info -> {});
    missing.listUnfinished(upload -> {});
    missing.delete("a");

    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void leavesNoFileOfItsOwnBehind() throws IOException {
    store.put("a", bytes("1"));
    store.putIfAbsent("a", bytes("2"));
    store.replace("a", bytes("3"), "other");
    store.upload("b").close();

    try (Stream<Path> staged = Files.list(folder.resolve(".dynavault/uploads"))) {
      assertThat(staged).isEmpty();
    }
  }

  @Test
  void removesFoldersThatADeleteEmptied() {
    store.put("a/b/c", bytes("x"));
    store.put("a/d", bytes("x"));

    store.delete("a/b/c");

    assertThat(folder.resolve("a/b")).doesNotExist();
    assertThat(folder.resolve("a/d")).exists();
    store.delete("a/d");
    assertThat(folder.resolve("a")).doesNotExist();
    assertThat(folder).exists();
  }

  @Test
  void whatAKilledProcessStagedIsUnfinishedNotVisible() throws IOException {
    store.put("a", bytes("x"));
    Files.writeString(folder.resolve(".dynavault/uploads/0123456789abcdef"), "half");
    List<UnfinishedUpload> unfinished = new ArrayList<>();

    store.listUnfinished(unfinished::add);

    assertThat(unfinished).extracting(UnfinishedUpload::id).containsExactly("0123456789abcdef");
    assertThat(keys("")).containsExactly("a");
    store.discard(unfinished.get(0));
    assertThat(folder.resolve(".dynavault/uploads/0123456789abcdef")).doesNotExist();
  }

  @Test
  void discardsOnlyBelowTheUploads() throws IOException {
    store.put("a", bytes("x"));
    UnfinishedUpload forged = new UnfinishedUpload("../../a", Optional.empty(), Instant.EPOCH);

    assertThatThrownBy(() -> store.discard(forged)).isInstanceOf(IllegalArgumentException.class);
    assertThat(folder.resolve("a")).exists();
  }

  @Test
  void versionsDifferBetweenWritesOfEqualContentAndLength() {
    List<String> versions = new ArrayList<>();
    for (int round = 0; round < 50; round++) {
      versions.add(store.put("lease", bytes("same")).version());
    }

    assertThat(versions).doesNotHaveDuplicates();
  }

  @Test
  void refusesASymbolicLinkThatLeadsOut(@TempDir Path outside) throws IOException {
    Files.writeString(outside.resolve("secret"), "secret");
    Files.createSymbolicLink(folder.resolve("out"), outside);
    Files.createSymbolicLink(folder.resolve("file"), outside.resolve("secret"));

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> store.read("out/secret"),
            () -> store.stat("out/secret"),
            () -> store.read("file"),
            () -> store.put("out/new", bytes("x")),
            () -> store.putIfAbsent("out/new", bytes("x")),
            () -> store.upload("out/new"),
            () -> store.delete("out/secret"))) {
      assertFails(
          ErrorCode.STORE_FAILED, "symbolic link", "open the folder that it leads to", call);
    }
    assertThat(outside.resolve("secret")).hasContent("secret");
    assertThat(outside.resolve("new")).doesNotExist();
  }

  /** A folder that somebody else has packed must not make us write or delete outside of it. */
  @Test
  void refusesASymbolicLinkInItsOwnHiddenFolder(@TempDir Path outside) throws IOException {
    Files.writeString(outside.resolve("theirs"), "x");
    Files.createDirectories(outside.resolve("uploads"));
    Files.writeString(outside.resolve("uploads/theirs"), "x");
    for (String link : List.of(".dynavault", ".dynavault/uploads", ".dynavault/locks")) {
      Path hidden = folder.resolve(link);
      Files.createDirectories(hidden.getParent());
      Files.createSymbolicLink(hidden, outside);

      assertFails(ErrorCode.STORE_FAILED, link, "symbolic link", () -> store.put("a", bytes("x")));
      if (!link.endsWith("locks")) {
        assertFails(ErrorCode.STORE_FAILED, link, "", () -> store.listUnfinished(upload -> {}));
        assertFails(ErrorCode.STORE_FAILED, link, "", () -> store.discard(unfinished("theirs")));
        assertFails(ErrorCode.STORE_FAILED, link, "", () -> store.upload("a"));
      }
      Files.delete(hidden);
    }
    assertThat(outside.resolve("theirs")).exists();
    assertThat(outside.resolve("uploads/theirs")).exists();
    assertThat(outside).isDirectoryNotContaining(path -> path.endsWith("00"));
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void aListingFailsAtASymbolicLinkInsteadOfHidingWhatIsBehindIt(@TempDir Path outside)
      throws IOException {
    store.put("a/b", bytes("x"));
    Files.createSymbolicLink(folder.resolve("a/moved"), outside);

    assertFails(ErrorCode.STORE_FAILED, "a/moved", "symbolic link", () -> keys("a/"));
  }

  @Test
  void theRootItselfMayBeASymbolicLink(@TempDir Path elsewhere) throws IOException {
    Path link = elsewhere.resolve("link");
    Files.createSymbolicLink(link, folder);
    LocalStore linked = new LocalStore(new StoreLocation.Folder(link), new Random());

    linked.put("a", bytes("x"));

    assertThat(keys("")).containsExactly("a");
    List<String> keys = new ArrayList<>();
    linked.list("", info -> keys.add(info.key()));
    assertThat(keys).containsExactly("a");
  }

  @Test
  void aFileAsRootIsAFailureNotAnEmptyStore() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    LocalStore wrong = new LocalStore(new StoreLocation.Folder(file), new Random());

    assertFails(
        ErrorCode.STORE_FAILED, "not a directory", "a file stands", () -> wrong.list("", i -> {}));
    assertFails(
        ErrorCode.STORE_FAILED,
        "not a directory",
        "a file stands",
        () -> wrong.put("a", bytes("")));
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsAFailure() throws IOException {
    store.put("a", new byte[100_000]);
    try (ObjectDownload download = store.read("a")) {
      assertThat(download.readNBytes(10)).hasSize(10);
      Files.write(folder.resolve("a"), new byte[50], StandardOpenOption.TRUNCATE_EXISTING);

      assertFails(ErrorCode.STORE_FAILED, "of 100000 bytes", "", download::readAllBytes);
    }
  }

  @Test
  void anInterruptedThreadWritesNothingAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertFails(ErrorCode.INTERRUPTED, "interrupted", "", () -> store.put("a", bytes("x")));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(keys("")).isEmpty();
  }

  @Test
  void aNameTooLongForTheFileSystemSaysSo() {
    assertFails(
        ErrorCode.STORE_FAILED,
        "name too long",
        "255 bytes",
        () -> store.put("n".repeat(300), bytes("x")));
  }

  @Test
  @Tag("F4")
  void aFullDiskSaysSo() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    IOException noSpace;
    try {
      Files.write(full, new byte[1]);
      throw new AssertionError("/dev/full took a byte");
    } catch (IOException e) {
      noSpace = e;
    }

    DynavaultException failure = store.failedWrite("a", noSpace);

    assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FULL);
    assertThat(failure)
        .hasMessage("unable to write '" + folder.resolve("a") + "': no space left on device");
    assertThat(failure.hint()).startsWith("the disk of '" + folder + "' is full");
  }

  private static UnfinishedUpload unfinished(String id) {
    return new UnfinishedUpload(id, Optional.empty(), Instant.EPOCH);
  }

  private List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(prefix, info -> keys.add(info.key()));
    return keys;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** The words are those of the message or of the hint. */
  private static void assertFails(
      ErrorCode code, String words, String moreWords, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DynavaultException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.getMessage() + "\n" + e.hint()).contains(words, moreWords);
            });
  }
}
