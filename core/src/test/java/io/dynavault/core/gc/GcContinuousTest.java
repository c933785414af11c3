// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static io.dynavault.core.continuous.TestingLog.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.continuous.CopyOrigin;
import io.dynavault.core.continuous.Expiry;
import io.dynavault.core.continuous.TestingLog;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.TestingVault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A capture commits every half hour, and was killed once after it had stored a file. */
@Tag("F5")
class GcContinuousTest {
  private static final Duration GRACE = Duration.ofHours(24);

  private final TestingVault testing = new TestingVault();
  private final ChainLog chain =
      new ContinuousBackups(testing.memory).create(TestingLog.chain("orders"));
  private String stray = "";

  @Test
  void aFileThatTheChainHasPassedIsRemovedAndNothingElse() throws InterruptedException {
    commit(1, 4);
    stray = file("stray").key();
    commit(5, 80);
    List<String> before = testing.keys("continuous/");

    GcPlan plan = plan();
    assertThat(plan.debris())
        .singleElement()
        .satisfies(
            debris -> {
              assertThat(debris.kind()).isEqualTo(Debris.Kind.UNNAMED_CHANGES);
              assertThat(debris.keys()).containsExactly(stray);
            });
    new GcRun(testing.vault, GRACE, ManagedBackups.none()).run(plan);

    assertThat(testing.keys("continuous/")).hasSize(before.size() - 1).doesNotContain(stray);
    assertThat(chain.commitsFrom(1)).hasSize(80);
    assertThat(plan().debris()).isEmpty();
  }

  @Test
  void aFileThatTheNextCommitMayNameStaysHoweverOldItIs() throws InterruptedException {
    commit(1, 4);
    ChangeFile held = file("held");
    testing.time.pass(Duration.ofDays(400));

    assertThat(plan().debris()).isEmpty();

    // The capture slept, and goes on.
    assertThat(chain.append(commitOf(5, held))).isTrue();
    commit(6, 80);
    assertThat(plan().debris()).isEmpty();
  }

  /** What a copy that was cut short has brought, the next one names when it comes to it. */
  @Test
  void filesOfACopyStayWhileItGoesOn() throws Exception {
    commit(1, 4);
    stray = file("stray").key();
    commit(5, 80);
    new ContinuousBackups(testing.memory)
        .markCopied(chain.chain(), new CopyOrigin(TestingLog.ID, new UUID(1, 2), "main", START));
    GcPlan plan = plan();
    assertThat(plan.debris()).hasSize(1);
    Lease lease =
        testing
            .on("copier")
            .leases()
            .acquire(LeaseName.copyOfChain("orders", TestingLog.ID.value()));
    testing.time.after(Duration.ofSeconds(5), lease::renew);

    GcResult result = new GcRun(testing.vault, GRACE, ManagedBackups.none()).run(plan);

    assertThat(result.left()).hasSize(1);
    assertThat(testing.keys("continuous/")).contains(stray);
    lease.close();
    new GcRun(testing.vault, GRACE, ManagedBackups.none()).run(plan);
    assertThat(testing.keys("continuous/")).doesNotContain(stray);
  }

  @Test
  void whatAnExpiryThatWasCutShortHasLeftIsRemoved() throws InterruptedException {
    commit(1, 80);
    chain.expire(new Expiry(TestingLog.ID, 10, START.plus(Duration.ofHours(5)), START));
    testing.memory.delete(chain.chain().keys().hour(START));

    GcPlan plan = plan();
    assertThat(plan.debris())
        .extracting(Debris::kind)
        .containsExactly(Debris.Kind.UNNAMED_CHANGES, Debris.Kind.EXPIRED_COMMITS);
    new GcRun(testing.vault, GRACE, ManagedBackups.none()).run(plan);

    assertThat(chain.commitsFrom(11)).hasSize(70);
    assertThat(testing.keys(chain.chain().keys().commits())).hasSize(70);
    assertThat(testing.keys(chain.chain().keys().data())).hasSize(70);
    assertThat(testing.keys(chain.chain().keys().hours()).get(0))
        .isEqualTo(chain.chain().keys().hour(chain.commits(11, 11).get(0).hour()));
    assertThat(plan().debris()).isEmpty();
  }

  @Test
  void aFileOfAChainThatHasEndedIsRemoved() throws InterruptedException {
    commit(1, 4);
    stray = file("stray").key();
    testing.time.pass(Duration.ofHours(25));
    assertThat(plan().debris()).isEmpty();

    chain.end(new ChainEnd(TestingLog.ID, ChainEnd.Reason.TRIMMED, "gone", START, START));

    assertThat(plan().debris()).flatExtracting(Debris::keys).containsExactly(stray);
  }

  @Test
  void aFileThatIsYoungerThanTheGraceStays() throws InterruptedException {
    commit(1, 4);
    file("stray");
    commit(5, 50); // 23 hours

    assertThat(plan().debris()).isEmpty();
  }

  @Test
  void nothingIsRemovedWhereACommitCannotBeRead() throws InterruptedException {
    commit(1, 4);
    file("stray");
    commit(5, 80);
    testing.memory.put(chain.chain().keys().commit(80), new byte[] {1});

    GcPlan plan = plan();
    assertThat(plan.debris()).isEmpty();
    assertThat(plan.left())
        .singleElement()
        .satisfies(left -> assertThat(left.reason()).contains("0000000080.json"));
  }

  @Test
  void anUploadOfAChangeFileThatNobodyEndsIsDiscarded() throws InterruptedException {
    testing.memory.upload(chain.chain().keys().dataFile(START, "a.json.gz"));
    assertThat(plan().uploads()).isEmpty();
    testing.time.pass(GRACE);

    assertThat(plan().uploads()).hasSize(1);
  }

  @Test
  void whatIsNoChangeFileStays() throws InterruptedException {
    commit(1, 4);
    testing.memory.put(chain.chain().keys().data() + "notes.txt", new byte[] {1});
    testing.memory.put(chain.chain().keys().folder() + "other.json", new byte[] {1});
    commit(5, 80);

    assertThat(plan().debris()).isEmpty();
  }

  private GcPlan plan() throws InterruptedException {
    return new GcPlanner(testing.vault, GRACE).plan();
  }

  private void commit(int from, int to) {
    for (int number = from; number <= to; number++) {
      testing.time.pass(Duration.ofMinutes(30));
      assertThat(chain.append(commitOf(number, file("f" + number)))).isTrue();
    }
  }

  private Commit commitOf(int number, ChangeFile file) {
    long seconds = Duration.between(START, testing.time.instant()).toSeconds();
    return TestingLog.commit(number, seconds, 1, file);
  }

  private ChangeFile file(String name) {
    Instant now = testing.time.instant();
    String key = chain.chain().keys().dataFile(now, name + ".json.gz");
    byte[] content = ("content of " + name).getBytes(UTF_8);
    testing.memory.put(key, content);
    return new ChangeFile(key, content.length, Checksum.Algorithm.SHA256.of(content), 2, now, now);
  }
}
