// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.Json;
import io.dynavault.core.validate.ValidationResult;
import java.util.Locale;

/** What a validation has found, for programs. */
final class ValidationJson {
  private ValidationJson() {}

  static ObjectNode of(ValidationResult result) {
    ObjectNode json =
        Json.object()
            .put("verdict", result.passed() ? "PASSED" : "FAILED")
            .put("level", result.level().text().replaceAll(":.*", "").toUpperCase(Locale.ROOT))
            .put("comparedWith", result.origin().name())
            .put("source", result.source())
            .put("expectedItems", result.expectedItems())
            .put("actualItems", result.actualItems())
            .put("same", result.compared().same())
            .put("missing", result.compared().missing())
            .put("extra", result.compared().extra())
            .put("different", result.compared().different());
    result.seed().ifPresent(seed -> json.put("seed", seed));
    result
        .digests()
        .ifPresent(
            digests ->
                json.put("expectedDigest", digests.expected().toString())
                    .put("actualDigest", digests.actual().toString()));
    return json.put("proves", result.proves())
        .put("durationSeconds", Json.seconds(result.duration()));
  }
}
