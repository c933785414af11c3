// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One listing, with what goes wrong with it. */
final class FaultyListing {
  private final ObjectStore store;
  private final @Nullable Fault fault;

  FaultyListing(ObjectStore store, @Nullable Fault fault) {
    this.store = store;
    this.fault = fault;
  }

  void run(String prefix, Consumer<ObjectInfo> consumer) {
    if (fault instanceof Fault.CutListing cut) {
      List<ObjectInfo> all = all(prefix);
      all.stream().limit(cut.objects()).forEach(consumer);
      if (all.size() > cut.objects()) {
        throw FaultyStore.failure(
            ErrorCode.SERVICE_UNAVAILABLE, new Call(0, Operation.LIST, prefix));
      }
    } else if (fault instanceof Fault.ShortListing shortened) {
      all(prefix).stream().limit(shortened.objects()).forEach(consumer);
    } else if (fault instanceof Fault.StaleListing) {
      List<ObjectInfo> all = all(prefix);
      Instant last =
          all.stream().map(ObjectInfo::lastModified).max(Instant::compareTo).orElse(Instant.MIN);
      all.stream().filter(info -> info.lastModified().isBefore(last)).forEach(consumer);
    } else if (fault instanceof Fault.RepeatedListing) {
      store.list(
          prefix,
          info -> {
            consumer.accept(info);
            consumer.accept(info);
          });
    } else {
      store.list(prefix, consumer);
    }
  }

  private List<ObjectInfo> all(String prefix) {
    List<ObjectInfo> all = new ArrayList<>();
    store.list(prefix, all::add);
    return all;
  }
}
