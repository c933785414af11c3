// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.cleanup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.expire.ExpireResult.ExpiredChain;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.window.ChainDecision;
import io.dynavault.lambda.host.Answer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is told of the changes of continuous backups that have expired, or were to. */
record ExpiredChanges(List<ExpiredChain> chains) {
  ExpiredChanges {
    chains = List.copyOf(chains);
  }

  /** Chains of which all has expired that was to. */
  long done() {
    return chains.stream().filter(chain -> chain.failure().isEmpty()).count();
  }

  long failed() {
    return chains.stream().filter(ExpiredChain::failed).count();
  }

  /** Chains that something protects. */
  long held() {
    return chains.size() - done() - failed();
  }

  /** Each chain with what has expired of it, or with the error. */
  ArrayNode json() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (ExpiredChain chain : chains) {
      ChainDecision decision = chain.decision();
      ObjectNode json =
          array
              .addObject()
              .put("table_name", decision.tableName())
              .put("chain", decision.chain().value());
      chain
          .failure()
          .ifPresentOrElse(
              reason -> Answer.describe(reason, json),
              () ->
                  json.put("files", decision.volume().files())
                      .put("bytes", decision.volume().bytes()));
    }
    return array;
  }

  /** How many change files of each table have expired; tables of which none has are left out. */
  Map<String, Long> filesByTable() {
    Map<String, Long> files = new TreeMap<>();
    chains.stream()
        .filter(chain -> chain.failure().isEmpty())
        .map(ExpiredChain::decision)
        .filter(done -> done.volume().files() > 0)
        .forEach(done -> files.merge(done.tableName(), done.volume().files(), Long::sum));
    return files;
  }

  /** A line for each failure. */
  List<TableLine> failures() {
    return chains.stream()
        .filter(ExpiredChain::failed)
        .map(chain -> TableLine.failed(chain.decision().tableName(), chain.failure().orElseThrow()))
        .toList();
  }
}
