// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

/** Provisioned capacity of a table or a global secondary index, in units per second. */
public record Throughput(long readCapacityUnits, long writeCapacityUnits) {}
