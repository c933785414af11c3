// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Writes values as Ion, with DynamoDB's annotations for the three kinds of sets. */
final class IonValueWriter implements ValueVisitor<IonValueWriter> {
  private final IonWriter writer;

  IonValueWriter(IonWriter writer) {
    this.writer = writer;
  }

  void writeEntries(Map<String, Value> entries) throws IOException {
    writer.stepIn(IonType.STRUCT);
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      writer.setFieldName(Utf8.requireEncodable(entry.getKey()));
      entry.getValue().accept(this);
    }
    writer.stepOut();
  }

  private void writeString(String text) throws IOException {
    writer.writeString(Utf8.requireEncodable(text));
  }

  private void writeNumber(String number) throws IOException {
    writer.writeDecimal(new BigDecimal(DecimalScanner.canonical(number)).stripTrailingZeros());
  }

  private <T> void writeList(List<T> elements, Output<T> output) throws IOException {
    writer.stepIn(IonType.LIST);
    for (T element : elements) {
      output.write(element);
    }
    writer.stepOut();
  }

  private <T> void writeSet(String annotation, List<T> elements, Output<T> output)
      throws IOException {
    writer.setTypeAnnotations(annotation);
    writeList(elements, output);
  }

  @Override
  public IonValueWriter visit(Value.S string) {
    return write(() -> writeString(string.value()));
  }

  @Override
  public IonValueWriter visit(Value.N number) {
    return write(() -> writeNumber(number.value()));
  }

  @Override
  public IonValueWriter visit(Value.B binary) {
    return write(() -> writer.writeBlob(binary.value()));
  }

  @Override
  public IonValueWriter visit(Value.BOOL bool) {
    return write(() -> writer.writeBool(bool.value()));
  }

  @Override
  public IonValueWriter visit(Value.NULL nothing) {
    return write(writer::writeNull);
  }

  @Override
  public IonValueWriter visit(Value.L list) {
    return write(() -> writeList(list.values(), value -> value.accept(this)));
  }

  @Override
  public IonValueWriter visit(Value.M map) {
    return write(() -> writeEntries(map.entries()));
  }

  @Override
  public IonValueWriter visit(Value.SS strings) {
    return write(() -> writeSet(IonText.STRING_SET, strings.values(), this::writeString));
  }

  @Override
  public IonValueWriter visit(Value.NS numbers) {
    return write(() -> writeSet(IonText.NUMBER_SET, numbers.values(), this::writeNumber));
  }

  @Override
  public IonValueWriter visit(Value.BS binaries) {
    return write(
        () -> writeSet(IonText.BINARY_SET, binaries.values(), b -> writer.writeBlob(b.value())));
  }

  private IonValueWriter write(Action action) {
    try {
      action.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private interface Output<T> {
    void write(T element) throws IOException;
  }
}
