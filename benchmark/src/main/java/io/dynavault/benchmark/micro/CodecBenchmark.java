// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.micro;

import io.dynavault.benchmark.data.Lines;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.format.export.BareEncoder;
import io.dynavault.format.export.Codec;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Compressing about 16 MB of lines with each codec. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
  private static final int PARTS = 10;
  private static final int CHUNK = 128 * 1024;

  @Param private Shape shape = Shape.MIXED;

  @Param({"gzip", "gzip:1", "gzip:6", "zstd"})
  private String codec = "";

  private List<byte[]> chunks = List.of();

  /** Makes what is measured. */
  @Setup
  public void setUp() {
    chunks = Lines.chunks(shape, shape.items() / PARTS, CHUNK);
  }

  /** All lines. */
  @Benchmark
  public void compress() throws IOException {
    BareEncoder.run(Codec.parse(codec), chunks);
  }
}
