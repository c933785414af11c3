// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

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
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dynavault.lambda");

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.dynavault.lambda.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a package that needs its user cannot be understood alone")
        .check(CLASSES);
  }

  @Test
  void clientsAreOpenedInOnePlace() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.dynavault.lambda.host.SelfInvocation")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("software\\.amazon\\.awssdk\\.services\\..*ClientBuilder")
        .because("endpoint, region, credentials and retries are the same for all of them")
        .check(CLASSES);
  }

  @Test
  void timeAndChanceAreInjected() {
    noClasses()
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
  void onlyTheHostPrintsAndNobodyExits() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.dynavault.lambda.host.LambdaHost")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .because("Lambda ends processes, and its log is the host's")
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
