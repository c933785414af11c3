// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import io.dynavault.cli.config.OptionGroup;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What help and reference say about a command beside its own options. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CommandTraits {

  /** One to three command lines; a line that starts with {@code #} explains the next. */
  String[] examples();

  /** Groups of settings that it takes beside the global ones. */
  OptionGroup[] options() default {};

  /** How it can end beside what every command has in common. */
  ExitStatus[] exits() default {};
}
