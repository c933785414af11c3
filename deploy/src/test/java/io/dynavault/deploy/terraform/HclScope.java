// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the first name of a reference stands for. */
@FunctionalInterface
interface HclScope {
  @Nullable Object lookup(String name);

  /** This scope with more names, which hide those of the same name. */
  default HclScope with(Map<String, ?> names) {
    Map<String, Object> own = new HashMap<>(names);
    return name -> own.containsKey(name) ? own.get(name) : lookup(name);
  }

  /** A value whose attributes are worked out when they are asked for. */
  record Lazy(Function<String, @Nullable Object> attributes) {
    @Nullable Object attribute(String name) {
      return attributes.apply(name);
    }
  }
}
