// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md that a machine can hold, each with its reason. */
class ArchitectureTest {
  private static final String[] GROUND = {
    "io.dynavault.core.error..",
    "io.dynavault.core.time..",
    "io.dynavault.core.job..",
    "io.dynavault.core.store..",
    "io.dynavault.core.temporary..",
    "io.dynavault.core.transport.."
  };
  private static final String[] USE_CASES = {
    "io.dynavault.core.backup..",
    "io.dynavault.core.restore..",
    "io.dynavault.core.verify..",
    "io.dynavault.core.compare..",
    "io.dynavault.core.history..",
    "io.dynavault.core.compact..",
    "io.dynavault.core.capture..",
    "io.dynavault.core.consistent..",
    "io.dynavault.core.validate..",
    "io.dynavault.core.delete..",
    "io.dynavault.core.expire..",
    "io.dynavault.core.copy..",
    "io.dynavault.core.chaincopy..",
    "io.dynavault.core.window..",
    "io.dynavault.core.load..",
    "io.dynavault.core.backtrack..",
    "io.dynavault.core.gc.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dynavault.core", "io.dynavault.format");

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.dynavault.core.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a package that needs its user cannot be understood alone")
        .check(CLASSES);
    slices().matching("io.dynavault.format.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theGroundKnowsNothingOfWhatStandsOnIt() {
    noClasses()
        .that()
        .resideInAnyPackage(GROUND)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.dynavault.core.vault..", "io.dynavault.core.table..")
        .because("stores and transport serve every use, not the vault alone")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages(USE_CASES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(USE_CASES)
        .because("use cases are called by commands, never by the layers below")
        .check(CLASSES);
  }

  @Test
  void theFormatNeedsNoCloud() {
    noClasses()
        .that()
        .resideInAPackage("io.dynavault.format..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..", "io.dynavault.core..")
        .because("whoever reads an export needs no SDK")
        .check(CLASSES);
  }

  @Test
  void timeAndChanceAreInjected() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dynavault.core.time..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(ThreadLocalRandom.class, "current")
        .orShould()
        .callConstructor(Random.class)
        .because("tests decide what time it is and what chance brings")
        .check(CLASSES);
  }

  @Test
  void librariesNeitherPrintNorExit() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .because("only the command line speaks to people and ends the process")
        .check(CLASSES);
  }

  @Test
  void packagesAreNamedAfterWhatTheyAreAbout() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..",
            "..utils..",
            "..common..",
            "..impl..",
            "..service..",
            "..manager..",
            "..helper..",
            "..misc..")
        .because("such names say nothing about what is inside")
        .check(CLASSES);
  }
}
