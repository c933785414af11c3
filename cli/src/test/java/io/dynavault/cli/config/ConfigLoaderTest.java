// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.aws.notify.SnsFormat;
import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.webhook.WebhookKind;
import io.dynavault.format.export.Codec;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.mail.EmailConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir private Path folder;

  /** Every option with a text that is not its default, and the value it stands for. */
  private static final Map<ConfigOption<?>, Map.Entry<String, Object>> SAMPLES =
      Map.ofEntries(
          sample(ConfigOptions.VAULT, "s3://bucket/vault", "s3://bucket/vault"),
          sample(ConfigOptions.PROFILE, "prod", "prod"),
          sample(ConfigOptions.REGION, "eu-west-1", "eu-west-1"),
          sample(
              ConfigOptions.ENDPOINT_URL,
              "http://localhost:8000",
              URI.create("http://localhost:8000")),
          sample(ConfigOptions.S3_ENDPOINT_URL, "https://s3.test", URI.create("https://s3.test")),
          sample(ConfigOptions.S3_REGION, "eu-central-1", "eu-central-1"),
          sample(ConfigOptions.S3_PATH_STYLE, "true", true),
          sample(ConfigOptions.S3_SSE, "AWS:KMS", "aws:kms"),
          sample(ConfigOptions.S3_SSE_KMS_KEY_ID, "alias/backup", "alias/backup"),
          sample(ConfigOptions.S3_STORAGE_CLASS, "standard_ia", "STANDARD_IA"),
          sample(ConfigOptions.JSON, "true", true),
          sample(ConfigOptions.QUIET, "true", true),
          sample(ConfigOptions.VERBOSE, "true", true),
          sample(ConfigOptions.PROGRESS, "false", false),
          sample(ConfigOptions.SCAN_WORKERS, "12", 12),
          sample(ConfigOptions.SCAN_READ_CAPACITY, "50%", new CapacityBudget.Share(50)),
          sample(ConfigOptions.SCAN_CONSISTENT_READ, "true", true),
          sample(ConfigOptions.EXPORT_FORMAT, "ion", OutputFormat.ION),
          sample(ConfigOptions.EXPORT_COMPRESSION, "gzip:6", Codec.of(Compression.GZIP, 6)),
          sample(ConfigOptions.SCAN_TABLES, "9", 9),
          sample(ConfigOptions.EXPORT_FILE_SIZE, "64 MB", 64_000_000L),
          sample(ConfigOptions.READ_WORKERS, "5", 5),
          sample(ConfigOptions.RESTORE_TABLES, "4", 4),
          sample(ConfigOptions.RESTORE_WORKERS, "3", 3),
          sample(ConfigOptions.RESTORE_WRITE_CAPACITY, "250.5", new CapacityBudget.Units(250.5)),
          sample(ConfigOptions.RESTORE_READ_CAPACITY, "75", new CapacityBudget.Units(75)),
          sample(ConfigOptions.TARGET_VAULT, "s3://offsite/vault", "s3://offsite/vault"),
          sample(ConfigOptions.TARGET_PROFILE, "offsite", "offsite"),
          sample(
              ConfigOptions.TARGET_S3_ENDPOINT_URL,
              "https://s3.example.com",
              URI.create("https://s3.example.com")),
          sample(ConfigOptions.TARGET_S3_REGION, "eu-central-1", "eu-central-1"),
          sample(ConfigOptions.TARGET_S3_PATH_STYLE, "true", true),
          sample(ConfigOptions.TARGET_S3_SSE, "aes256", "AES256"),
          sample(ConfigOptions.TARGET_S3_SSE_KMS_KEY_ID, "alias/offsite", "alias/offsite"),
          sample(ConfigOptions.TARGET_S3_STORAGE_CLASS, "standard_ia", "STANDARD_IA"),
          sample(ConfigOptions.AWS_BACKUP_VAULT, "main", "main"),
          sample(
              ConfigOptions.AWS_BACKUP_ROLE_ARN,
              "arn:aws:iam::111122223333:role/backup",
              "arn:aws:iam::111122223333:role/backup"),
          sample(BackupOptions.METHOD, "export", BackupMethodChoice.EXPORT),
          sample(BackupOptions.MAX_WAIT, "90min", Duration.ofMinutes(90)),
          sample(BackupOptions.NAME_PREFIX, "nightly", "nightly"),
          sample(ContinuousOptions.FLUSH_INTERVAL, "90s", Duration.ofSeconds(90)),
          sample(ContinuousOptions.FLUSH_SIZE, "8MiB", 8L << 20),
          sample(ContinuousOptions.BASE_EVERY, "30d", Duration.ofDays(30)),
          sample(NotifyOptions.ON, "Success, failure", List.of(Result.SUCCESS, Result.FAILURE)),
          sample(
              NotifyOptions.SNS_TOPIC_ARN,
              "arn:aws:sns:eu-west-1:123456789012:backups",
              "arn:aws:sns:eu-west-1:123456789012:backups"),
          sample(NotifyOptions.SNS_FORMAT, "json", SnsFormat.JSON),
          sample(
              NotifyOptions.WEBHOOK_URL,
              "https://hooks.slack.com/services/x",
              URI.create("https://hooks.slack.com/services/x")),
          sample(NotifyOptions.WEBHOOK_KIND, "teams", WebhookKind.TEAMS),
          sample(NotifyOptions.EMAIL_HOST, "mail.example.com", "mail.example.com"),
          sample(NotifyOptions.EMAIL_PORT, "2525", 2525),
          sample(NotifyOptions.EMAIL_ENCRYPTION, "tls", EmailConfig.Encryption.TLS),
          sample(NotifyOptions.EMAIL_USER, "backups", "backups"),
          sample(NotifyOptions.EMAIL_PASSWORD, "not telling", "not telling"),
          sample(NotifyOptions.EMAIL_FROM, "a@example.com", "a@example.com"),
          sample(
              NotifyOptions.EMAIL_TO,
              "b@example.com,c@example.com",
              List.of("b@example.com", "c@example.com")),
          sample(NotifyOptions.METRICS_FILE, "metrics.log", "metrics.log"),
          sample(NotifyOptions.METRICS_ENVIRONMENT, "prod", "prod"));

  @Test
  void everyOptionIsReadFromItsFlag() {
    SAMPLES.forEach(
        (option, sample) -> {
          if (option.hasFlag()) {
            Config config = load(Map.of(option, sample.getKey()), Map.of());

            assertThat(config.value(option)).as(option.key()).isEqualTo(sample.getValue());
            assertThat(config.source(option)).isEqualTo(option.longFlag());
          }
        });
    assertThat(SAMPLES.keySet()).hasSize(ConfigOptions.ALL.size() - 1);
  }

  @Test
  void everyOptionIsReadFromItsVariable() {
    SAMPLES.forEach(
        (option, sample) -> {
          String variable =
              "DYNAVAULT_" + option.key().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");

          Config config = load(Map.of(), Map.of(variable, sample.getKey()));

          assertThat(config.value(option)).as(variable).isEqualTo(sample.getValue());
          assertThat(config.source(option)).isEqualTo(variable);
        });
  }

  @Test
  void everyOptionIsReadFromTheFile() throws IOException {
    for (var entry : SAMPLES.entrySet()) {
      write("\"" + entry.getKey().key() + "\": \"" + entry.getValue().getKey() + "\"\n");

      Config config = load(Map.of(), Map.of());

      assertThat(config.value(entry.getKey())).isEqualTo(entry.getValue().getValue());
    }
  }

  @Test
  void reportsOfErrorsNeverHoldSecrets() {
    Config config =
        load(
            Map.of(),
            Map.of(
                "DYNAVAULT_NOTIFY_EMAIL_PASSWORD", "canary",
                "DYNAVAULT_NOTIFY_WEBHOOK_URL", "https://example.com/canary"));

    assertThat(config.given().toString())
        .contains("notify.email.password=(secret)", "notify.webhook.url=(secret)")
        .doesNotContain("canary");
  }

  @Test
  void withoutAnythingTheDefaultsHold() {
    Config config = load(Map.of(), Map.of());

    assertThat(config.value(ConfigOptions.SCAN_WORKERS)).isEqualTo(8);
    assertThat(config.value(ConfigOptions.RESTORE_WORKERS)).isEqualTo(8);
    assertThat(config.value(ConfigOptions.SCAN_CONSISTENT_READ)).isFalse();
    assertThat(config.value(ConfigOptions.EXPORT_FORMAT)).isEqualTo(OutputFormat.DYNAMODB_JSON);
    assertThat(config.value(ConfigOptions.EXPORT_COMPRESSION))
        .isEqualTo(Codec.of(Compression.GZIP));
    assertThat(config.value(ConfigOptions.EXPORT_FILE_SIZE)).isEqualTo(134_217_728);
    assertThat(config.value(ConfigOptions.SCAN_TABLES)).isEqualTo(2);
    assertThat(config.value(ConfigOptions.PROGRESS)).isTrue();
    assertThat(config.value(ConfigOptions.JSON)).isFalse();
    assertThat(config.value(ConfigOptions.QUIET)).isFalse();
    assertThat(config.value(ConfigOptions.VERBOSE)).isFalse();
    assertThat(config.value(ConfigOptions.S3_PATH_STYLE)).isFalse();
    assertThat(config.optional(ConfigOptions.VAULT)).isEmpty();
    assertThat(config.optional(ConfigOptions.ENDPOINT_URL)).isEmpty();
    assertThat(config.optional(ConfigOptions.SCAN_READ_CAPACITY)).isEmpty();
    assertThat(config.given()).isEmpty();
  }

  @Test
  void flagBeatsVariableBeatsFileBeatsDefault() throws IOException {
    Map<String, String> variables = Map.of("DYNAVAULT_SCAN_WORKERS", "3");
    Map<ConfigOption<?>, String> flags = Map.of(ConfigOptions.SCAN_WORKERS, "4");

    write("scan:\n  workers: 2\n");

    assertThat(load(Map.of(), Map.of()).value(ConfigOptions.SCAN_WORKERS)).isEqualTo(2);
    assertThat(load(Map.of(), variables).value(ConfigOptions.SCAN_WORKERS)).isEqualTo(3);
    assertThat(load(flags, variables).value(ConfigOptions.SCAN_WORKERS)).isEqualTo(4);
    assertThat(load(flags, variables).given()).containsExactly(Map.entry("scan.workers", "4"));
  }

  @Test
  void anotherFileCanBeNamedByFlagOrVariable() throws IOException {
    Files.writeString(folder.resolve("other.yaml"), "scan.workers: 5\n");
    write("scan.workers: 2\n");

    Config byFlag = load(Map.of(ConfigOptions.CONFIG, "other.yaml"), Map.of());
    Config byVariable = load(Map.of(), Map.of("DYNAVAULT_CONFIG", "other.yaml"));

    assertThat(byFlag.value(ConfigOptions.SCAN_WORKERS)).isEqualTo(5);
    assertThat(byVariable.value(ConfigOptions.SCAN_WORKERS)).isEqualTo(5);
  }

  @Test
  void aNamedFileMustExist() {
    assertThat(problems(Map.of(ConfigOptions.CONFIG, "missing.yaml")))
        .containsExactly("missing.yaml: unable to read it: no such file");
  }

  @Test
  void unknownKeysAreErrorsThatSayWhatWasMeant() throws IOException {
    write("scan:\n  worker: 4\nunheard: of\nconfig: x\n");

    assertThat(problems(Map.of()))
        .containsExactly(
            "dynavault.yaml: unknown key 'scan.worker' (did you mean 'scan.workers'?)",
            "dynavault.yaml: unknown key 'unheard'",
            "dynavault.yaml: 'config' cannot be set in the file itself");
  }

  @Test
  void valuesOutsideTheirRangeAreErrors() {
    assertThat(problems(Map.of(ConfigOptions.SCAN_WORKERS, "0")))
        .containsExactly("--workers: '0' is not usable: it is not in the range 1 to 1000");
    for (String capacity : List.of("101%", "0", "-5", "fast", "")) {
      assertThat(problems(Map.of(ConfigOptions.SCAN_READ_CAPACITY, capacity)))
          .containsExactly(
              "--read-capacity: '%s' is not usable: it is neither units per second such as 200, nor a share such as 50%%, nor unlimited"
                  .formatted(capacity));
    }
    assertThat(problems(Map.of(ConfigOptions.EXPORT_FILE_SIZE, "1 kB")))
        .containsExactly(
            "--file-size: '1 kB' is not usable: it is not in the range 1.05 MB to 17.2 GB");
    assertThat(problems(Map.of(ConfigOptions.EXPORT_COMPRESSION, "rar")))
        .containsExactly("--compression: 'rar' is not usable: it is not one of gzip, zstd, none");
    assertThat(problems(Map.of(ConfigOptions.EXPORT_COMPRESSION, "gzip:10")))
        .containsExactly(
            "--compression: 'gzip:10' is not usable: level 10 of gzip is not between 1 and 9");
    assertThat(problems(Map.of(ConfigOptions.VAULT, "s3://me:secret@bucket/x")).toString())
        .contains("it holds a user name or password");
  }

  @Test
  void brokenYamlIsAProblemWithItsLine() throws IOException {
    write("scan:\n  workers: 4\n bad");
    assertThat(problems(Map.of())).singleElement().asString().startsWith("dynavault.yaml: line 3:");

    write("- a\n- b\n");
    assertThat(problems(Map.of()))
        .containsExactly("dynavault.yaml: is not a list of 'key: value' lines");

    write("scan:\n  workers: [1, 2]\n");
    assertThat(problems(Map.of()))
        .containsExactly("dynavault.yaml: 'scan.workers' is a list, not a value");

    write("scan:\n  workers:\n");
    assertThat(problems(Map.of())).containsExactly("dynavault.yaml: 'scan.workers' has no value");

    write("scan.workers: 1\nscan:\n  workers: 2\n");
    assertThat(problems(Map.of())).containsExactly("dynavault.yaml: 'scan.workers' is given twice");
  }

  @Test
  void yamlCannotMakeObjectsNorGrowWithoutBounds() throws IOException {
    for (String hostile :
        List.of(
            "vault: !!java.net.URL [\"http://localhost\"]\n",
            "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n",
            "vault: x\nvault: y\n",
            "[".repeat(100_000),
            "#" + "x".repeat(300_000))) {
      write(hostile);
      assertThat(problems(Map.of())).isNotEmpty();
    }
  }

  @Test
  void namesWhatIsNeededAndHowToGiveIt() {
    Config config = load(Map.of(), Map.of());

    DynavaultException e =
        catchThrowableOfType(DynavaultException.class, () -> config.required(ConfigOptions.VAULT));

    assertThat(e).hasMessage("no vault is given");
    assertThat(e.hint())
        .isEqualTo("give it with --vault, DYNAVAULT_VAULT or 'vault:' in dynavault.yaml");
    assertThatThrownBy(() -> config.value(ConfigOptions.VAULT))
        .isInstanceOf(IllegalStateException.class);
  }

  private Config load(Map<ConfigOption<?>, String> flags, Map<String, String> variables) {
    return new ConfigLoader(flags, variables, folder).load();
  }

  private List<String> problems(Map<ConfigOption<?>, String> flags) {
    return catchThrowableOfType(ConfigException.class, () -> load(flags, new HashMap<>()))
        .problems();
  }

  private void write(String yaml) throws IOException {
    Files.writeString(folder.resolve("dynavault.yaml"), yaml);
  }

  private static <T> Map.Entry<ConfigOption<?>, Map.Entry<String, Object>> sample(
      ConfigOption<T> option, String text, T value) {
    return Map.entry(option, Map.entry(text, value));
  }
}
