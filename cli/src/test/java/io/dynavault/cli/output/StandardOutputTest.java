// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
  @Test
  void whatArrivesIsNoFailure() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    StandardOutput out = new StandardOutput(StandardOutput.Kind.OTHER, file);

    out.println("größe");

    assertThat(out.finish()).isEmpty();
    assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo("größe" + System.lineSeparator());
  }

  @Test
  void aFullDiskIsTold() {
    StandardOutput out =
        new StandardOutput(StandardOutput.Kind.OTHER, failing("No space left on device"));

    out.println("cut off");

    assertThat(out.finish())
        .map(DynavaultException::getMessage)
        .contains("unable to write standard output: No space left on device");
  }

  @Test
  void aReaderWhoHasSeenEnoughIsNoFailureInAnyLanguage() {
    for (StandardOutput out :
        new StandardOutput[] {
          new StandardOutput(StandardOutput.Kind.OTHER, failing("Broken pipe")),
          new StandardOutput(StandardOutput.Kind.PIPE, failing("Relais brisé (pipe)"))
        }) {
      out.println("not read");

      assertThat(out.finish()).isEmpty();
    }
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
