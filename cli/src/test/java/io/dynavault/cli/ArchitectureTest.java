// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md that concern the command line. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dynavault.cli", "io.dynavault.local");

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.dynavault.cli.Main")
        .and()
        .resideInAPackage("io.dynavault.cli..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .because("a command that ends the process cannot be tested, nor clean up")
        .check(CLASSES);
  }

  @Test
  void commandsPrintThroughTheirStreams() {
    noClasses()
        .that()
        .resideInAPackage("io.dynavault.cli.command..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("what is for people, for programs and for nobody is decided in one place")
        .check(CLASSES);
  }

  @Test
  void theLocalServersKnowNothingOfUs() {
    noClasses()
        .that()
        .resideInAPackage("io.dynavault.local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.dynavault.core..", "io.dynavault.format..", "io.dynavault.cli..")
        .because("they are started for any program that wants a DynamoDB or an S3")
        .check(CLASSES);
  }
}
