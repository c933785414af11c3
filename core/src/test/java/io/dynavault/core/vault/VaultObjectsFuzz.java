// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.lease.TestingHolders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Mutated objects of a vault give typed errors and nothing else, and never a wrong record. */
class VaultObjectsFuzz {
  private static final Set<ErrorCode> EXPECTED =
      Set.of(ErrorCode.DAMAGED, ErrorCode.FORMAT_UNSUPPORTED, ErrorCode.VAULT_NOT_FOUND);

  private final TestingVault testing = new TestingVault();
  private final RecoveryPoint point =
      TestingPoints.withDeleteAfter(
          TestingPoints.point("orders", "2026-11-21T00:00:00Z"), testing.time.instant());

  @Property(tries = 2_000)
  void aMutatedRecordIsNeverBelieved(@ForAll long seed) {
    String key = "recovery-points/orders/" + point.id() + ".json";
    byte[] original = RecoveryPointParser.write(point);
    byte[] mutated = mutate(original, new Random(seed));
    testing.memory.put(key, mutated);

    CatalogListing listing = testing.vault.catalog().list();

    if (Arrays.equals(mutated, original)) {
      assertThat(listing.entries()).hasSize(1);
    } else {
      assertThat(listing.entries()).isEmpty();
      assertThat(listing.unreadable()).hasSize(1);
      assertThat(EXPECTED).contains(listing.unreadable().get(0).problem().code());
    }
  }

  /** With a seal that fits, as a program that writes nonsense would make it. */
  @Property(tries = 2_000)
  void aMutatedRecordWithAFittingSealStaysWithinItsFolder(@ForAll long seed) {
    byte[] sealed = RecoveryPointParser.write(point);
    int end = new String(sealed, StandardCharsets.UTF_8).lastIndexOf(",\"recordSha256\"");
    byte[] body = mutate(Arrays.copyOf(sealed, end), new Random(seed));
    byte[] document = Arrays.copyOf(body, body.length + 1);
    document[body.length] = '}';
    testing.memory.put("recovery-points/orders/" + point.id() + ".json", RecordSeal.seal(document));

    CatalogListing listing = testing.vault.catalog().list();

    assertThat(listing.entries().size() + listing.unreadable().size()).isEqualTo(1);
    for (CatalogEntry entry : listing.entries()) {
      String prefix = entry.point().export().exportPrefix();
      assertThat(prefix).doesNotContain("..").doesNotStartWith("/");
      assertThat(entry.point().files()).allMatch(file -> file.key().startsWith(prefix + "/"));
    }
  }

  @Property(tries = 1_000)
  void mutatedVaultLockHoldAndLeaseGiveTypedErrors(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    testing.memory.delete("lock/00000001.json");
    testing.vault.lockLog().lock(VaultLock.governance(7, OptionalInt.of(30)));
    mutateObject("lock/00000001.json", random);
    tolerate(() -> testing.vault.lockLog().state());

    testing.vault.leases().acquire(LeaseName.backup("users")).close();
    mutateObject("locks/backup/users/lease.json", random);
    testing.on("other").leases().acquire(LeaseName.backup("users"));

    testing.vault.leases().mark(Mark.Kind.READING, "users", point.id().value());
    testing.keys("locks/reading/").forEach(key -> mutateObject(key, random));
    assertThat(testing.vault.leases().marks().living(Mark.Kind.READING)).hasSize(1);
    testing.time.pass(Duration.ofHours(2));
    assertThat(testing.vault.leases().marks().living(Mark.Kind.READING)).isEmpty();
    testing.keys("locks/reading/").forEach(testing.memory::delete);

    byte[] config = VaultConfigParser.write(testing.vault.config());
    testing.memory.put("vault.json", mutate(config, random));
    tolerate(() -> Vault.open(testing.memory, TestingHolders.holder("a"), testing.settings()));
    testing.memory.put("vault.json", config);
  }

  private void mutateObject(String key, Random random) {
    byte[] content = StoredJson.find(testing.memory, key).orElseThrow().content();
    testing.memory.put(key, mutate(content, random));
  }

  private static void tolerate(Runnable call) {
    try {
      call.run();
    } catch (DynavaultException e) {
      assertThat(EXPECTED).contains(e.code());
    }
  }

  /** Flips, removes, doubles or cuts, one to three times. */
  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int times = 1 + random.nextInt(3); times > 0 && bytes.length > 2; times--) {
      int at = random.nextInt(bytes.length - 1);
      int length = 1 + random.nextInt(Math.min(20, bytes.length - at));
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes = join(bytes, at, at + length);
        case 2 -> bytes = join(bytes, at + length, at);
        default -> bytes = Arrays.copyOf(bytes, at);
      }
    }
    return bytes;
  }

  /** Everything before {@code end}, then everything from {@code start} on. */
  private static byte[] join(byte[] bytes, int end, int start) {
    byte[] joined = Arrays.copyOf(bytes, end + bytes.length - start);
    System.arraycopy(bytes, start, joined, end, bytes.length - start);
    return joined;
  }
}
