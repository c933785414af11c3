// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.Json;
import io.dynavault.core.notify.Delivery;
import java.util.List;

/** Whom a run could be told, for programs. */
final class DeliveryJson {
  private DeliveryJson() {}

  static ArrayNode of(List<Delivery> deliveries) {
    ArrayNode array = Json.array();
    for (Delivery delivery : deliveries) {
      ObjectNode node =
          array
              .addObject()
              .put("notifier", delivery.kind())
              .put("destination", delivery.destination())
              .put("delivered", delivery.delivered());
      delivery.failure().ifPresent(message -> node.put("message", message));
    }
    return array;
  }
}
