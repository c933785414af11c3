// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The checks of a request's members that come before all others, in the words of the service's
 * validator.
 */
final class Shapes {
  private static final String NAME = "[a-zA-Z0-9_.-]+";
  private static final Pattern NAME_PATTERN = Pattern.compile(NAME);

  private Shapes() {}

  /** A required name of 3 to 255 characters. */
  static String name(StubRequest request, String member) {
    String value = request.required(member);
    if (value.length() < 3) {
      throw failed(value, member, "Member must have length greater than or equal to 3");
    }
    if (value.length() > 255) {
      throw failed(value, member, "Member must have length less than or equal to 255");
    }
    if (!NAME_PATTERN.matcher(value).matches()) {
      throw failed(value, member, "Member must satisfy regular expression pattern: " + NAME);
    }
    return value;
  }

  /** A number in a range. */
  static int number(int value, String member, int least, int most) {
    if (value < least) {
      throw failed("" + value, member, "Member must have value greater than or equal to " + least);
    }
    if (value > most) {
      throw failed("" + value, member, "Member must have value less than or equal to " + most);
    }
    return value;
  }

  /** One of an enumeration's values. */
  static <E extends Enum<E>> E constant(String value, String member, E[] values) {
    for (E constant : values) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    throw failed(value, member, "Member must satisfy enum value set: " + Arrays.toString(values));
  }

  private static AwsError failed(String value, String member, String constraint) {
    return AwsError.validation(
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + StubRequest.lowerCamel(member)
            + "' failed to satisfy constraint: "
            + constraint);
  }
}
