// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.LeaseWatch.Verdict;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.VaultKeys;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Takes leases and marks in one vault, in the name of one holder. Safe for several threads. */
public final class Leases {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final ObjectStore store;
  private final Holder holder;
  private final LeaseSettings settings;
  private final StoreClock storeClock;
  private final AtomicLong marks = new AtomicLong();
  private final Marks found;

  public Leases(ObjectStore store, Holder holder, LeaseSettings settings) {
    this.store = requireNonNull(store, "store is null");
    this.holder = requireNonNull(holder, "holder is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.storeClock = new StoreClock(store, settings.clock());
    this.found = new Marks(store, settings, storeClock);
  }

  public Holder holder() {
    return holder;
  }

  public LeaseSettings settings() {
    return settings;
  }

  /** The store's time and our own. */
  public StoreClock clock() {
    return storeClock;
  }

  /**
   * Takes the lease, waiting only until it is sure whether a present holder lives: at most the
   * lease's TTL.
   *
   * @throws DynavaultException {@code LEASE_HELD} if it does
   */
  public Lease acquire(LeaseName name) throws InterruptedException {
    return acquire(name, Duration.ZERO);
  }

  /**
   * Takes the lease, waiting for a living holder to give it up.
   *
   * @throws DynavaultException {@code LEASE_HELD} if it still has it after {@code patience}
   */
  public Lease acquire(LeaseName name, Duration patience) throws InterruptedException {
    long start = settings.ticker().nanos();
    LeaseWatch watch = new LeaseWatch(settings, storeClock);
    while (true) {
      Attempt attempt = attempt(name, watch);
      if (attempt.lease().isPresent()) {
        return attempt.lease().get();
      }
      Duration waited = Duration.ofNanos(settings.ticker().nanos() - start);
      if (attempt.isRefused() && waited.compareTo(patience) >= 0) {
        throw held(name.title(), attempt.held().orElseThrow());
      }
      settings.sleeper().sleep(shorter(POLL, watch.remaining()));
    }
  }

  /**
   * Takes the lease, waiting for a present holder to give it up or to die, as long as it is wanted.
   *
   * @param wanted asked at once and then every second
   * @return empty if it is wanted no more
   */
  public Optional<Lease> acquireWhile(LeaseName name, BooleanSupplier wanted)
      throws InterruptedException {
    LeaseWatch watch = new LeaseWatch(settings, storeClock);
    while (wanted.getAsBoolean()) {
      Attempt attempt = attempt(name, watch);
      if (attempt.lease().isPresent()) {
        return attempt.lease();
      }
      settings.sleeper().sleep(shorter(POLL, watch.remaining()));
    }
    return Optional.empty();
  }

  /**
   * An attempt to take a lease.
   *
   * @param lease empty where somebody else has it
   */
  private record Attempt(Optional<Lease> lease, Verdict verdict, Optional<LeaseState> held) {
    /** Whether a holder is known to live. */
    boolean isRefused() {
      return verdict == Verdict.ALIVE && held.isPresent();
    }
  }

  private Attempt attempt(LeaseName name, LeaseWatch watch) {
    while (true) {
      Optional<StoredJson> found = StoredJson.find(store, name.key());
      Optional<LeaseState> held = found.map(LeaseStateParser::read);
      Verdict verdict = Verdict.FREE;
      if (found.isPresent() && held.isPresent()) {
        verdict = watch.look(found.get().info(), held.get());
      }
      if (verdict != Verdict.FREE) {
        return new Attempt(Optional.empty(), verdict, held);
      }
      Optional<Lease> lease = take(name, found.map(StoredJson::info), held);
      if (lease.isPresent()) {
        return new Attempt(lease, verdict, held);
      }
      // somebody else was faster: look at who it is
    }
  }

  /**
   * Takes the lease only if that needs no waiting; empty where somebody may have it.
   *
   * @throws DynavaultException if the store fails
   */
  public Optional<Lease> tryAcquire(LeaseName name) {
    Optional<StoredJson> found = StoredJson.find(store, name.key());
    Optional<LeaseState> held = found.map(LeaseStateParser::read);
    if (found.isPresent() && held.isPresent()) {
      LeaseWatch watch = new LeaseWatch(settings, storeClock);
      if (watch.look(found.get().info(), held.get()) != Verdict.FREE) {
        return Optional.empty();
      }
    }
    return take(name, found.map(StoredJson::info), held);
  }

  /**
   * Whether the lease was renewed just now, by the store's clock. For plans; who acts acquires it.
   */
  public boolean isHeldNow(LeaseName name) {
    Optional<StoredJson> found = StoredJson.find(store, name.key());
    if (found.isEmpty()) {
      return false;
    }
    LeaseState state = LeaseStateParser.read(found.get());
    Duration age = Duration.between(found.get().info().lastModified(), storeClock.storeTime());
    return state.phase() == LeaseState.Phase.HELD
        && settings.processes().lifeOf(state.holder()) != ProcessProbe.Life.DEAD
        && age.compareTo(state.ttl()) <= 0;
  }

  /**
   * Who has the lease by our own clock, which may be wrong: writes nothing, unlike {@link
   * #isHeldNow}. For people; who acts acquires it.
   */
  public Optional<LeaseState> holder(LeaseName name) {
    return StoredJson.find(store, name.key())
        .filter(
            found -> {
              LeaseState state = LeaseStateParser.read(found);
              Duration age =
                  Duration.between(found.info().lastModified(), settings.clock().instant());
              return state.phase() == LeaseState.Phase.HELD
                  && settings.processes().lifeOf(state.holder()) != ProcessProbe.Life.DEAD
                  && age.compareTo(state.ttl().multipliedBy(2)) <= 0;
            })
        .map(LeaseStateParser::read);
  }

  /** Puts a mark on a recovery point. Nobody is asked: look for opposing marks afterwards. */
  public Mark mark(Mark.Kind kind, String table, String id) {
    String key =
        VaultKeys.mark(kind.folder(), table, id, holder.id() + "-" + marks.incrementAndGet());
    LeaseState state = first(kind.name().toLowerCase(Locale.ROOT) + "/" + id);
    ObjectInfo info = store.put(key, LeaseStateParser.write(state));
    return new Mark(kind, new LeaseObject(store, "recovery point '" + id + "'", state, info));
  }

  /** The marks of all holders in this vault. */
  public Marks marks() {
    return found;
  }

  private Optional<Lease> take(
      LeaseName name, Optional<ObjectInfo> found, Optional<LeaseState> before) {
    LeaseState state = next(name.value(), before);
    byte[] content = LeaseStateParser.write(state);
    Optional<ObjectInfo> written =
        found.isPresent()
            ? store.replace(name.key(), content, found.get().version())
            : store.putIfAbsent(name.key(), content);
    return written.map(info -> new Lease(name, new LeaseObject(store, name.title(), state, info)));
  }

  private LeaseState first(String name) {
    return next(name, Optional.empty());
  }

  private LeaseState next(String name, Optional<LeaseState> before) {
    return new LeaseState(
        name,
        before.map(LeaseState::epoch).orElse(0L) + 1,
        LeaseState.Phase.HELD,
        holder,
        settings.clock().instant(),
        0,
        settings.ttl());
  }

  static DynavaultException held(String title, LeaseState state) {
    return new DynavaultException(
        ErrorCode.LEASE_HELD,
        "unable to begin the "
            + title
            + ": another one runs since "
            + state.acquired().truncatedTo(ChronoUnit.SECONDS)
            + ": "
            + state.holder(),
        "wait for it to end; if it died, its lease runs out "
            + state.ttl().toSeconds()
            + " seconds after its last sign of life");
  }

  private static Duration shorter(Duration left, Duration right) {
    return left.compareTo(right) < 0 ? left : right;
  }
}
