// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import io.dynavault.core.table.TableClients;
import io.dynavault.core.transport.DynamoDbTransport;
import java.util.List;

/** A table of a server, with what its stream says. */
interface ServedTable extends AutoCloseable {

  String name();

  void create();

  void drop();

  /** Carries out a request; returns what the table's stream has of it. */
  List<Change> write(WriteRequest request);

  DynamoDbTransport transport();

  TableClients clients();

  @Override
  void close();
}
