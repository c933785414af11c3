// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.micro;

import io.dynavault.benchmark.data.ItemGenerator;
import io.dynavault.benchmark.data.Pages;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.format.item.ItemSize;
import io.dynavault.format.item.ScanPage;
import java.util.Arrays;
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

/** Slicing a page of 1 MB, and the size of a single item. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TokenizerBenchmark {
  @Param private Shape shape = Shape.MIXED;

  private final ScanPage page = new ScanPage();
  private byte[] answer = {};
  private byte[] item = {};

  /** Makes what is measured. */
  @Setup
  public void setUp() {
    byte[] body = Pages.of(shape, 20_000).get(0).body();
    answer = Arrays.copyOf(body, body.length + 1);
    answer[body.length] = '}';
    item = new ItemGenerator(shape).item(1);
  }

  /** A page. */
  @Benchmark
  public int page() {
    page.parse(answer, answer.length);
    return page.itemCount();
  }

  /** An item. */
  @Benchmark
  public int itemSize() {
    return ItemSize.of(item, 0, item.length);
  }
}
