// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HelpIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void aWrongOptionIsNotRunAndTheRightOneSuggested() {
    assertThat(sandbox.run("backup", "--tabel", "orders").exits(2).err())
        .contains("--tabel")
        .contains("--table")
        .endsWith("Try: dynavault backup --help\n");
    assertThat(sandbox.run("bakcup").exits(2).err()).contains("backup");
  }

  @Test
  void everyCommandExplainsItself() {
    String commands =
        sandbox.run("--help").succeeds().out().replaceFirst("(?s).*?\nCommands:\n", "");
    assertThat(commands).contains("backup").contains("restore").contains("verify");
    assertThat(sandbox.run("restore", "--help").succeeds().out())
        .contains("Examples:")
        .contains("EXIT STATUS:");
    assertThat(sandbox.run("help", "restore").succeeds().out())
        .isEqualTo(sandbox.run("restore", "--help").out());
  }

  @Test
  void completionIsAScriptThatBashTakes() {
    Finished completed =
        sandbox
            .launcher()
            .shell(
                "source <(dynavault completion) && COMP_WORDS=(dynavault rest) COMP_CWORD=1"
                    + " && COMP_LINE='dynavault rest' && $(complete -p dynavault | sed 's/.*-F"
                    + " \\([^ ]*\\).*/\\1/') dynavault rest dynavault && echo \"${COMPREPLY[*]}\"");

    assertThat(completed.succeeds().out().strip()).isEqualTo("restore");
  }
}
