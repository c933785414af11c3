// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static io.dynavault.core.continuous.TestingLog.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.continuous.TestingLog;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.format.layout.ContinuousKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A continuous backup of eight commits, four to an hour, each of a file of two changes. */
class VerifyChainTest {
  private static final String A = "{\"pk\":{\"S\":\"a\"}}";

  private final TestingVault testing = new TestingVault();
  private final RecoveryPoint point = TestingExport.orders().file(A).commit(testing);
  private final ChainLog chain =
      new ContinuousBackups(testing.memory).create(TestingLog.chain("orders"));
  private final ContinuousKeys keys = chain.chain().keys();

  VerifyChainTest() {
    for (int number = 1; number <= 8; number++) {
      assertThat(chain.append(commit(number, file(number)))).isTrue();
    }
    chain.add(base(4));
  }

  @ParameterizedTest
  @EnumSource
  void aWholeChainIsSound(VerifyLevel level) {
    VerifyResult result = TestingExport.verify(testing.vault, level);

    assertThat(result.findings()).isEmpty();
    assertThat(result.chains())
        .singleElement()
        .satisfies(
            verified -> {
              assertThat(verified.sound()).isTrue();
              assertThat(verified.commits()).isEqualTo(8);
              assertThat(verified.files()).isEqualTo(8);
              assertThat(verified.changes()).isEqualTo(16);
              assertThat(verified.filesRead()).isEqualTo(level == VerifyLevel.STRUCTURE ? 0 : 8);
              assertThat(verified.completeTo()).contains(START.plusSeconds(8 * 900 - 5));
            });
  }

  @Test
  void theChainsOfATableAreVerifiedWithIt() {
    VerifyTarget orders = new VerifyTarget.OneTable(testing.vault, "orders");

    assertThat(TestingExport.verify(orders, VerifyLevel.DATA).chains()).hasSize(1);
  }

  /** Nobody else finds the chain then: all else of it would be passed over in silence. */
  @Test
  void aMissingDescriptionIsFoundByWhatIsLeftOfTheChain() {
    testing.memory.delete(keys.description());

    for (VerifyTarget target :
        List.of(
            new VerifyTarget.WholeVault(testing.vault),
            new VerifyTarget.OneTable(testing.vault, "orders"))) {
      assertThat(TestingExport.verify(target, VerifyLevel.STRUCTURE).findings())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.isError()).isTrue();
                assertThat(finding.key()).isEqualTo(keys.description());
                assertThat(finding.remedy()).contains("dynavault continuous start orders");
              });
    }
  }

  @Test
  void aDamagedNoteThatTheChainIsACopyIsFound() {
    testing.memory.put(keys.copied(), new byte[] {'{'});

    assertThat(errors(VerifyLevel.STRUCTURE))
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains(keys.copied()));
  }

  /** The note that a chain is a copy comes before its description, and goes after it. */
  @Test
  void aChainOfWhichOnlyTheNoteOfACopyIsThereIsNoFinding() {
    testing.memory.put("continuous/users/01795251600000-0a1b2c3d/copied.json", new byte[] {1});

    assertThat(TestingExport.verify(testing.vault, VerifyLevel.DATA).findings()).isEmpty();
  }

  @Test
  void aMissingChangeFileIsFoundAtEveryLevel() {
    testing.memory.delete(key(3));

    for (VerifyLevel level : VerifyLevel.values()) {
      assertThat(errors(level))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.key()).isEqualTo(key(3));
                assertThat(finding.what()).isEqualTo("the file is missing");
              });
    }
  }

  @Test
  void aChangedByteIsFoundWhereFilesAreRead() {
    byte[] content = TestingLog.changes("k3a", "k3b");
    content[content.length - 12] ^= 1;
    testing.memory.put(key(3), content);

    assertThat(errors(VerifyLevel.STRUCTURE)).isEmpty();
    assertThat(errors(VerifyLevel.CHECKSUMS)).extracting(Finding::key).containsExactly(key(3));
    assertThat(errors(VerifyLevel.DATA)).extracting(Finding::key).containsExactly(key(3));
  }

  @Test
  void aFileOfAnotherSizeIsFound() {
    testing.memory.put(key(3), new byte[] {1, 2, 3});

    assertThat(errors(VerifyLevel.STRUCTURE))
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).startsWith("it has 3 bytes, in its"));
  }

  @Test
  void aMissingCommitIsFoundAndTheFilesBeforeItAreVerified() {
    testing.memory.delete(keys.commit(7));
    testing.memory.delete(key(6));

    assertThat(errors(VerifyLevel.DATA))
        .extracting(Finding::what)
        .containsExactlyInAnyOrder(
            "unable to read the continuous backup of table 'orders': commit '%s' is missing"
                .formatted(keys.commit(7)),
            "the file is missing");
  }

  @Test
  void aTornCommitIsFound() {
    testing.memory.put(keys.commit(8), new byte[] {'{'});

    assertThat(errors(VerifyLevel.STRUCTURE))
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains(keys.commit(8)));
  }

  @Test
  void whatIsBehindACommitThatCannotBeReadIsVerified() {
    testing.memory.put(keys.hour(START.plusSeconds(3600)), new byte[] {1});
    testing.memory.put(keys.commit(3), new byte[] {'{'});
    testing.memory.delete(keys.commit(7));
    testing.memory.delete(key(8));

    assertThat(errors(VerifyLevel.DATA))
        .extracting(Finding::key)
        .containsExactlyInAnyOrder(keys.commit(3), keys.commit(7), key(8));
    VerifiedChain verified = TestingExport.verify(testing.vault, VerifyLevel.DATA).chains().get(0);
    assertThat(verified.commits()).isEqualTo(6);
    assertThat(verified.completeTo()).contains(START.plusSeconds(8 * 900 - 5));
  }

  @Test
  void commitsThatAreLostSideBySideAreOneFinding() {
    testing.memory.delete(keys.hour(START.plusSeconds(3600)));
    for (int number = 2; number <= 4; number++) {
      testing.memory.delete(keys.commit(number));
    }

    assertThat(errors(VerifyLevel.CHECKSUMS))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.key()).isEqualTo(keys.commit(2));
              assertThat(finding.what())
                  .endsWith("0000000002.json' is missing; so it is with those up to commit 4");
            });
  }

  @Test
  void aCommitThatOnlyItsIndexHasIsAWarning() {
    testing.memory.delete(keys.commit(2));

    assertThat(TestingExport.verify(testing.vault, VerifyLevel.DATA).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
              assertThat(finding.key()).isEqualTo(keys.commit(2));
            });
  }

  /** Without its index the chain would end there. */
  @Test
  void aDamagedCommitThatAnIndexHasIsAWarningWhereFilesAreRead() {
    testing.memory.put(keys.commit(2), new byte[] {'{'});

    assertThat(TestingExport.verify(testing.vault, VerifyLevel.STRUCTURE).findings()).isEmpty();
    assertThat(TestingExport.verify(testing.vault, VerifyLevel.CHECKSUMS).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
              assertThat(finding.key()).isEqualTo(keys.commit(2));
            });
  }

  @Test
  void aDamagedIndexIsAWarning() {
    testing.memory.put(keys.hour(START.plusSeconds(3600)), new byte[] {1});

    assertThat(TestingExport.verify(testing.vault, VerifyLevel.DATA).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
              assertThat(finding.key()).isEqualTo(keys.hour(START.plusSeconds(3600)));
            });
  }

  @Test
  void aBaseWithoutRecordIsAWarningAndTheChainHasNone() {
    testing.memory.delete("recovery-points/orders/" + point.id() + ".json");

    VerifiedChain verified =
        TestingExport.verify(testing.vault, VerifyLevel.STRUCTURE).chains().get(0);

    assertThat(verified.findings())
        .extracting(Finding::severity, Finding::key)
        .containsExactlyInAnyOrder(
            tuple(Finding.Severity.WARNING, keys.base(point.id().value())),
            tuple(Finding.Severity.NOTE, keys.bases()));
  }

  @Test
  void lostCommitsAtTheEndAreFoundByTheBaseThatNeedsThem() {
    for (int number = 4; number <= 8; number++) {
      testing.memory.delete(keys.commit(number));
    }
    testing.memory.delete(keys.hour(START.plusSeconds(3600)));

    assertThat(errors(VerifyLevel.STRUCTURE))
        .extracting(Finding::what)
        .containsExactly("the base needs commit 4, and the last one is 3");
  }

  @Test
  void anEndThatPromisesMoreThanThereIsIsFound() {
    chain.end(
        new ChainEnd(
            TestingLog.ID, ChainEnd.Reason.TRIMMED, "gone", START.plusSeconds(7196), START));

    assertThat(errors(VerifyLevel.STRUCTURE))
        .singleElement()
        .satisfies(finding -> assertThat(finding.key()).isEqualTo(keys.end()));
  }

  @Test
  void countsOfKindsThatDifferAreFoundWhereFilesAreRead() {
    Commit honest = commit(9, file(9));
    chain.append(
        new Commit(
            honest.chain(),
            9,
            honest.written(),
            1,
            honest.completeTo(),
            honest.files(),
            honest.positions(),
            new ChangeCounts(1, 1, 0, 0),
            Optional.empty()));

    assertThat(errors(VerifyLevel.DATA))
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains("commit 9"));
  }

  @Test
  void aDamagedDescriptionIsFound() {
    testing.memory.put(keys.description(), new byte[] {1});

    VerifyResult result = TestingExport.verify(testing.vault, VerifyLevel.STRUCTURE);

    assertThat(result.chains()).isEmpty();
    assertThat(result.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.isError()).isTrue();
              assertThat(finding.key()).isEqualTo(keys.description());
            });
  }

  private List<Finding> errors(VerifyLevel level) {
    return TestingExport.verify(testing.vault, level).findings().stream()
        .filter(Finding::isError)
        .toList();
  }

  private Base base(long completeWith) {
    return new Base(TestingLog.ID, point.id(), 0, Optional.empty(), completeWith, START);
  }

  private static Commit commit(int number, ChangeFile file) {
    return TestingLog.commit(number, number * 900L, 1, file);
  }

  private String key(int number) {
    return keys.dataFile(START.plusSeconds(number * 900L), "f" + number + ".json.gz");
  }

  /** Two items put within two seconds. */
  private ChangeFile file(int number) {
    byte[] content = TestingLog.changes("k" + number + "a", "k" + number + "b");
    testing.memory.put(key(number), content);
    return new ChangeFile(
        key(number),
        content.length,
        Checksum.Algorithm.SHA256.of(content),
        2,
        Instant.parse("2026-11-21T09:30:00Z"),
        Instant.parse("2026-11-21T09:30:01Z"));
  }
}
