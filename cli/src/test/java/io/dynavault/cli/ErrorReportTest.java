// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.OutputMode;
import io.dynavault.cli.output.OutputMode.Format;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorReportTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyErrorHasItsMessageHintAndExitCode(ErrorCode code) {
    int exitCode = report(Format.TEXT).failure(new DynavaultException(code, "unable to do it"));

    assertThat(exitCode).isEqualTo(code.exitCode());
    assertThat(err.toString(UTF_8))
        .isEqualTo("error: unable to do it\nHINT: " + code.hint() + "\n");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyErrorIsOneJsonObjectForPrograms(ErrorCode code) throws IOException {
    report(Format.JSON).failure(new DynavaultException(code, "unable to do it", "do that"));

    JsonNode json = new ObjectMapper().readTree(err.toByteArray());
    assertThat(err.toString(UTF_8).lines()).hasSize(1);
    assertThat(json.get("messageType").asText()).isEqualTo("exitError");
    assertThat(json.get("code").asInt()).isEqualTo(code.exitCode());
    assertThat(json.get("error").asText()).isEqualTo(code.name());
    assertThat(json.get("message").asText()).isEqualTo("unable to do it");
    assertThat(json.get("hint").asText()).isEqualTo("do that");
  }

  @Test
  void aBugIsReportedWithEverythingThatIsNeededToFindIt() {
    int exitCode =
        report(Format.TEXT)
            .bug(
                new IllegalStateException("wheel\nis off"),
                "dynavault backup",
                Map.of("scan.workers", "8"));

    assertThat(exitCode).isEqualTo(70);
    assertThat(err.toString(UTF_8).lines())
        .startsWith(
            "error: unexpected failure: java.lang.IllegalStateException: wheel\\u000ais off")
        .contains("command: dynavault backup", "options: {scan.workers=8}")
        .anyMatch(line -> line.matches("version: dynavault \\S+, Java \\S+"))
        .anyMatch(line -> line.contains("at io.dynavault.cli.ErrorReportTest"))
        .endsWith("HINT: please report this with the text above");
  }

  private ErrorReport report(Format format) {
    return new ErrorReport(
        new Output(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            OutputMode.plain(format)));
  }
}
