// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.advise;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.advise.TableFacts.Offer;
import io.dynavault.aws.advise.TableFacts.Recovery;
import io.dynavault.aws.advise.TableFacts.VaultPlace;
import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.pitr.PointInTimeRecovery;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Asks what a table and its endpoint offer; changes nothing. */
public final class FactFinder {
  private final DynamoDbClient client;
  private final PacedCalls calls;

  public FactFinder(DynamoDbClient client, PacedCalls calls) {
    this.client = requireNonNull(client, "client is null");
    this.calls = requireNonNull(calls, "calls is null");
  }

  /**
   * Asks.
   *
   * @throws DynavaultException {@code TABLE_NOT_FOUND}, or what else keeps AWS from answering; what
   *     the endpoint does not know, or the credentials may not ask, is a fact
   */
  public TableFacts find(String tableName, VaultPlace vaultPlace) throws InterruptedException {
    return new TableFacts(tableName, recovery(tableName), onDemand(tableName), vaultPlace);
  }

  private Recovery recovery(String tableName) throws InterruptedException {
    try {
      return new PointInTimeRecovery(client, calls).status(tableName).isOn()
          ? Recovery.ON
          : Recovery.OFF;
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.UNSUPPORTED) {
        return Recovery.NOT_OFFERED;
      }
      if (e.code() == ErrorCode.ACCESS_DENIED) {
        return Recovery.NOT_ALLOWED;
      }
      throw e;
    }
  }

  private Offer onDemand(String tableName) throws InterruptedException {
    try {
      calls.call("ListBackups", () -> client.listBackups(b -> b.tableName(tableName).limit(1)));
      return Offer.OFFERED;
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.UNSUPPORTED) {
        return Offer.NOT_OFFERED;
      }
      if (e.code() == ErrorCode.ACCESS_DENIED) {
        return Offer.NOT_ALLOWED;
      }
      throw e;
    }
  }
}
