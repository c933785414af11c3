// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;

import io.dynavault.testing.poison.LegalItems;
import io.dynavault.testing.poison.PoisonTable;
import io.dynavault.testing.table.LiveTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every legal item that other tools lose or change, in tables with keys of every type. */
class PoisonIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @ParameterizedTest
  @CsvSource({"dynamodb-json, gzip", "ion, none"})
  @Tag("F15")
  void comesBackAsItWas(String format, String compression) {
    String prefix = Sandbox.newName() + "-poison";
    List<LiveTable> sources = new ArrayList<>();
    for (PoisonTable poison : LegalItems.tables(prefix)) {
      sources.add(sandbox.fill(poison));
    }
    sandbox.createVault();

    sandbox
        .run("backup", "--table", prefix + "*", "--format", format, "--compression", compression)
        .succeeds();
    sandbox
        .run("restore", "--table", prefix + "*", "--rename", prefix + "-*=back-of-" + prefix + "-*")
        .succeeds();

    for (LiveTable source : sources) {
      LiveTable target = sandbox.made("back-of-" + source.name());
      assertThat(target).hasSameItemsAs(source);
    }
    sandbox.run("verify").succeeds();
  }
}
