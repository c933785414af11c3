// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import java.util.List;
import java.util.Map;

/** A block such as {@code resource "aws_sqs_queue" "dead_letters" { … }}. */
record HclBlock(
    String type,
    List<String> labels,
    Map<String, HclExpression> attributes,
    List<HclBlock> blocks) {

  HclBlock {
    labels = List.copyOf(labels);
    attributes = Map.copyOf(attributes);
    blocks = List.copyOf(blocks);
  }

  String label(int index) {
    return labels.get(index);
  }
}
