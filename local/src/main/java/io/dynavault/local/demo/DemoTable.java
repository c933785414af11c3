// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local.demo;

import java.util.Optional;
import java.util.stream.Stream;

/** A table to create and to fill. */
public interface DemoTable {
  String name();

  /** Body of the CreateTable request. */
  String createTableRequest();

  /** Body of the UpdateTimeToLive request, if items of the table expire. */
  default Optional<String> updateTimeToLiveRequest() {
    return Optional.empty();
  }

  /** Number of items. */
  int size();

  /** The items in DynamoDB JSON, the same at every call: {@code {"id":{"S":"1"},…}}. */
  Stream<String> items();
}
