// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.measure;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Work for a child JVM.
 *
 * @param endpoint of the server
 * @param table that is read or written
 * @param folder for files, its own
 * @param variant what the program may do in several ways, such as the codec
 */
public record Task(
    URI endpoint, String table, Path folder, int workers, String variant, Effort effort) {
  public Task {
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(table, "table is null");
    requireNonNull(folder, "folder is null");
    requireNonNull(variant, "variant is null");
    requireNonNull(effort, "effort is null");
  }

  /** For the command line of a child. */
  public List<String> toArguments() {
    return List.of(
        endpoint.toString(),
        table,
        folder.toString(),
        Integer.toString(workers),
        variant,
        Double.toString(effort.warmUpSeconds()),
        Double.toString(effort.seconds()));
  }

  /** Reads what {@link #toArguments} wrote. */
  public static Task parse(List<String> arguments) {
    return new Task(
        URI.create(arguments.get(0)),
        arguments.get(1),
        Path.of(arguments.get(2)),
        Integer.parseInt(arguments.get(3)),
        arguments.get(4),
        new Effort(Double.parseDouble(arguments.get(5)), Double.parseDouble(arguments.get(6))));
  }
}
