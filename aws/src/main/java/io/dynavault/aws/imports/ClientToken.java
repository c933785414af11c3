// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.Checksum;
import java.util.List;

/** Makes the token of an import from all that AWS is told of it. */
final class ClientToken {
  private static final int LENGTH = 32;

  private ClientToken() {}

  static String of(ImportRequest request) {
    ImportFiles files = request.files();
    TableDefinition table = request.table();
    return hash(
        files.bucket(),
        files.prefix(),
        files.bucketOwner(),
        files.format(),
        files.compression(),
        files.csv(),
        table.tableName(),
        table.keySchema(),
        table.usedAttributes(),
        table.globalSecondaryIndexes(),
        table.billingMode(),
        table.throughput(),
        table.onDemandThroughput(),
        table.settings().sseType(),
        table.settings().kmsMasterKeyArn());
  }

  /** The token of the same request after an import that has ended, and whose table is gone. */
  static String after(String token, ImportArn ended) {
    return hash(token, ended.text());
  }

  private static String hash(Object... parts) {
    String text = String.join("\n", List.of(parts).stream().map(Object::toString).toList());
    return Checksum.Algorithm.SHA256.of(text.getBytes(UTF_8)).value().substring(0, LENGTH);
  }
}
