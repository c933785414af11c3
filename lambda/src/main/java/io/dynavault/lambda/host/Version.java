// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the functions, as the build wrote it. */
public final class Version {
  private static final String CURRENT = read();

  private Version() {}

  /** Such as {@code 0.1.0}. */
  public static String current() {
    return CURRENT;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties is missing");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("unable to read version.properties", e);
    }
    return properties.getProperty("version");
  }
}
