// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples call the modules with variables that these have. */
class ExamplesTest {
  private static final Path TERRAFORM = Path.of("terraform");
  private static final Set<String> OF_MODULE_BLOCKS = Set.of("source", "providers", "for_each");

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> folders = Files.list(TERRAFORM.resolve("examples"))) {
      return folders.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void passesVariablesThatTheModuleHasAndAllThatItNeeds(Path example) {
    List<HclBlock> calls =
        TerraformModule.blocks(example).stream().filter(b -> b.type().equals("module")).toList();

    assertThat(calls).isNotEmpty();
    for (HclBlock call : calls) {
      Object source = call.attributes().get("source").evaluate(name -> name);
      Map<String, Boolean> declared =
          TerraformModule.of(example.resolve(source.toString()), Map.of()).declaredVariables();
      Set<String> passed = new TreeSet<>(call.attributes().keySet());
      passed.removeAll(OF_MODULE_BLOCKS);

      assertThat(declared.keySet()).as(call.label(0)).containsAll(passed);
      declared.values().removeIf(needed -> !needed);
      assertThat(passed).as(call.label(0)).containsAll(declared.keySet());
    }
  }

  @Test
  void thereIsAnExampleOfEachKind() throws IOException {
    assertThat(examples().map(example -> example.getFileName().toString()))
        .containsExactly("continuous", "cross-account", "cross-region", "tables");
  }

  @Test
  void aVaultForCopiesLetsOnlyTheNamedAccountsCopy() {
    TerraformModule vault =
        TerraformModule.of(
            TERRAFORM.resolve("modules/copy-vault"),
            Map.of(
                "name",
                "copies",
                "copy_from_accounts",
                List.of("444455556666"),
                "lock_min_days",
                7));

    assertThat(vault.resources("aws_backup_vault_policy").get(0).setting("policy").toString())
        .contains("backup:CopyIntoBackupVault", "arn:aws:iam::444455556666:root");
    assertThat(vault.resources("aws_backup_vault_lock_configuration")).hasSize(1);
    assertThat(vault.output("arn"))
        .isEqualTo("arn:aws:backup:eu-west-1:111122223333:backup-vault:copies");
  }

  @Test
  void noFilePinsAProviderOrNamesAHost() throws IOException {
    try (Stream<Path> files = Files.walk(TERRAFORM)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).noneMatch(file -> file.toString().endsWith(".lock.hcl"));
      for (Path file : all) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain("https://", ".io/");
      }
    }
  }
}
