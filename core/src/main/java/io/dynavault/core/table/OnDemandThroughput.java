// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import java.util.OptionalLong;

/** Upper limits of an on-demand table or index, in request units per second; empty is unlimited. */
public record OnDemandThroughput(
    OptionalLong maxReadRequestUnits, OptionalLong maxWriteRequestUnits) {}
