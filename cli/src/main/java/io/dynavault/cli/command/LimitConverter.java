// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many of something are printed at most: a whole number from 1. */
public final class LimitConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    try {
      long limit = Long.parseLong(text);
      if (limit > 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // told below like every other text that is no limit
    }
    throw new TypeConversionException("'" + text + "' is not a whole number from 1");
  }
}
