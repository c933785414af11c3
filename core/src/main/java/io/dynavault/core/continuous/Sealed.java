// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.vault.RecordSeal;
import io.dynavault.core.vault.RecoveryPointId;
import java.util.function.Function;

/** Objects of a chain carry a version first and a checksum of themselves last. */
final class Sealed {
  private Sealed() {}

  static byte[] write(JsonDocument.Body body) {
    return RecordSeal.seal(JsonDocument.writeVersioned(body));
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @param what what it is, for errors
   * @throws io.dynavault.core.error.DynavaultException {@code DAMAGED} or {@code
   *     FORMAT_UNSUPPORTED}, with the key
   */
  static <T> T read(StoredJson stored, String what, Function<JsonFields, T> parser) {
    return stored.parse(
        what,
        fields -> {
          RecordSeal.check(stored.content());
          return parser.apply(fields);
        });
  }

  /** The chain that an object says it is of, which is the chain where it lies. */
  static RecoveryPointId chain(JsonFields fields, Chain chain) {
    if (!fields.text("chain").equals(chain.id().value())) {
      throw fields.invalid("chain", "is not the one of the key");
    }
    return chain.id();
  }
}
