// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.vault.Checksum;
import io.dynavault.format.export.ExportSpan;
import java.util.List;

/** Makes the token of an order from all that AWS is told of it. */
final class ClientToken {
  private static final int LENGTH = 32;

  private ClientToken() {}

  static String of(ExportOrder order) {
    ExportOptions options = order.options();
    List<String> parts =
        List.of(
            order.table().tableArn(),
            order.table().tableId(),
            order.place().bucket(),
            options.requestKey().orElse(""),
            moment(order),
            options.format().name(),
            options.encryption().toString(),
            options.bucketOwner().orElse(""));
    byte[] text = String.join("\n", parts).getBytes(UTF_8);
    return Checksum.Algorithm.SHA256.of(text).value().substring(0, LENGTH);
  }

  /** A request that can be repeated is the same at another moment and on the next day. */
  private static String moment(ExportOrder order) {
    boolean repeatable = order.options().requestKey().isPresent();
    if (repeatable && order.timing() == ExportOrder.MomentChoice.NOW) {
      return order.place().root();
    }
    String view = order.span() instanceof ExportSpan.Window window ? window.view().name() : "";
    return order.place().s3Prefix() + "\n" + order.spanText() + "\n" + view;
  }
}
