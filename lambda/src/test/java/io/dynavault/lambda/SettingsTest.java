// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.lambda.backup.BackupSettings;
import io.dynavault.lambda.host.Answer;
import io.dynavault.lambda.host.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SettingsTest {
  private static BackupSettings backup(Map<String, String> more) {
    var variables = new java.util.HashMap<>(Map.of("BACKUP_BUCKET", "b", "ENVIRONMENT", "prod"));
    variables.putAll(more);
    return BackupSettings.of(new Settings(variables));
  }

  @Test
  void readsTheTablesOfAJsonArray() {
    assertThat(backup(Map.of("DYNAMODB_TABLES", "[\"orders\",\"users\"]")).tables().names())
        .isEqualTo(List.of("orders", "users"));
  }

  @Test
  void fillsTheEnvironmentIntoThePattern() {
    assertThat(
            backup(Map.of("TABLE_PATTERN", "mfa-api_{environment}_{type}_global"))
                .tables()
                .pattern())
        .contains("mfa-api_prod_*_global");
  }

  @Test
  void namesTheVariableThatIsWrong() {
    assertThatThrownBy(() -> backup(Map.of("DYNAMODB_TABLES", "orders")))
        .isInstanceOf(DynavaultException.class)
        .hasMessageContaining("DYNAMODB_TABLES");
    assertThatThrownBy(() -> backup(Map.of("DYNAMODB_TABLES", "[\"o\"]", "BACKUP_METHOD", "tape")))
        .hasMessageContaining("BACKUP_METHOD");
    assertThatThrownBy(
            () -> backup(Map.of("DYNAMODB_TABLES", "[\"o\"]", "MAX_CONTINUATIONS", "-1")))
        .hasMessageContaining("MAX_CONTINUATIONS");
    assertThatThrownBy(() -> backup(Map.of("DYNAMODB_TABLES", "[]", "TABLE_TAG_KEY", "")))
        .hasMessageContaining("neither names nor a tag nor a pattern");
  }

  @Test
  void statusCodesAreThoseOfTheContract() {
    assertThat(Answer.statusCode(2, 0)).isEqualTo(200);
    assertThat(Answer.statusCode(1, 1)).isEqualTo(207);
    assertThat(Answer.statusCode(0, 2)).isEqualTo(500);
  }

  /** The templates set what deploy/environment.json documents: no more and no less may be read. */
  @Test
  void theVariablesThatAreReadAreTheDocumentedOnes() throws IOException {
    Pattern name = Pattern.compile("\"(ENVIRONMENT|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\"");
    Set<String> read = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher matcher = name.matcher(Files.readString(file));
        while (matcher.find()) {
          read.add(matcher.group(1));
        }
      }
    }
    read.removeIf(n -> n.startsWith("AWS_") || n.startsWith("DYNAMODB_NATIVE"));
    read.removeAll(Set.of("DYNAMODB_ON_DEMAND_BACKUP", "DYNAVAULT_SCAN"));
    JsonNode documented =
        new ObjectMapper().readTree(Path.of("../deploy/environment.json").toFile());
    Set<String> names = new TreeSet<>();
    documented.fieldNames().forEachRemaining(names::add);

    assertThat(read).isEqualTo(names);
  }
}
