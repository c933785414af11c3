// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPoint;
import java.util.List;
import java.util.Optional;

/**
 * All items of a table at one moment, as they can be restored, compared, printed or counted: those
 * of an export, of a chain of exports, or of a base and the changes of a continuous backup. Each
 * key occurs once. Safe for several threads.
 */
public sealed interface ItemContent extends AutoCloseable
    permits ExportContent, ChainContent, MomentContent {

  /** What errors call it. */
  String name();

  /** Where it lies. */
  ObjectStore store();

  /** Its record, where it is part of a vault; that of the last window of a chain. */
  Optional<RecoveryPoint> recoveryPoint();

  /** Id of the table that it was made of. */
  String tableId();

  /** How many items there are; of a chain the most that there can be, until it has been read. */
  long itemCount();

  /** Whether {@link #itemCount} is the very number. */
  boolean isCounted();

  /** Their size by DynamoDB's rules; estimated where AWS has made the export. */
  long itemBytes();

  /** What is unusual but no defect, one sentence each. */
  List<String> notes();

  /**
   * Reads what has to be read before items can be handed out: the changes of a chain. Reading items
   * does it where this was not called.
   */
  void prepare(RunContext context) throws InterruptedException;

  /** All parts; together they have all items. */
  List<ContentPart> parts();

  /**
   * Sees that all files are there, without reading them.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code DAMAGED} where one is missing
   */
  void requireFiles();

  /** Hands out one item, if there is any: enough to see whether keys can be read. */
  void readFirst(ItemConsumer consumer) throws InterruptedException;

  /** Removes temporary files. */
  @Override
  default void close() {}
}
