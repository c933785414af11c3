// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.ObjectKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The manifests in a vault, changed by conditional puts: no change of somebody else is lost. */
public final class ManifestStore {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int ATTEMPTS = 20;

  private final ObjectStore store;
  private final String environment;
  private final String bucket;

  public ManifestStore(ObjectStore store, String environment, String bucket) {
    this.store = requireNonNull(store, "store is null");
    this.environment = requireNonNull(environment, "environment is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
  }

  /** Its key below the vault's root. */
  public static String key(LocalDate date) {
    return ObjectKeys.dayManifest(date);
  }

  /** The manifest of a day; an empty one where there is none. */
  public DayManifest read(LocalDate date) {
    return StoredJson.find(store, key(date)).map(this::parse).orElseGet(() -> empty(date));
  }

  /**
   * Changes the manifest of a day.
   *
   * @param change may be asked more than once
   * @return as it is now
   */
  public DayManifest update(LocalDate date, UnaryOperator<DayManifest> change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<StoredJson> stored = StoredJson.find(store, key(date));
      DayManifest changed = change.apply(stored.map(this::parse).orElseGet(() -> empty(date)));
      byte[] content = changed.toJson().toPrettyString().getBytes(UTF_8);
      boolean written =
          stored.isPresent()
              ? store.replace(key(date), content, stored.get().info().version()).isPresent()
              : store.putIfAbsent(key(date), content).isPresent();
      if (written) {
        return changed;
      }
    }
    throw new DynavaultException(
        ErrorCode.STORE_FAILED,
        "unable to write '%s': others write it all the time".formatted(key(date)));
  }

  private DayManifest parse(StoredJson stored) {
    LocalDate date = LocalDate.parse(stored.info().key().substring(0, 10));
    Optional<JsonNode> foreign = foreign(stored.content());
    return foreign.isPresent()
        ? new DayManifest(date, environment, bucket, List.of(), foreign)
        : stored.parse("manifest", DayManifest::read);
  }

  private DayManifest empty(LocalDate date) {
    return DayManifest.empty(date, environment, bucket);
  }

  /** What another program has written under the same name, such as what ran before this one. */
  private static Optional<JsonNode> foreign(byte[] content) {
    try {
      JsonNode node = MAPPER.readTree(content);
      return node.has("formatVersion") ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
