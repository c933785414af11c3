// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the locations that users write, and says what to write instead of a wrong one. */
final class LocationParser {
  private static final String FORMS =
      "write s3://bucket/prefix, file:/folder, or a plain path such as ./backups";
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:([\\\\/].*)?");
  private static final Pattern BUCKET =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  private LocationParser() {}

  static StoreLocation parse(String text) {
    requireNonNull(text, "text is null");
    if (text.isBlank()) {
      throw refuse(text, "it is empty", FORMS);
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw refuse("", "it contains a control character", FORMS);
    }
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.matches() || DRIVE.matcher(text).matches()) {
      return folder(text, text);
    }
    String rest = scheme.group(2);
    return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
      case "file" -> file(text, rest);
      case "s3" -> bucket(text, rest);
      case "mem" -> memory(text, rest);
      case "http", "https" ->
          throw refuse(
              text,
              "it is a web address",
              "write s3://bucket/prefix, and give the server's address as the S3 endpoint");
      case "s3a", "s3n" -> throw refuse(text, "the scheme is not known", "write s3:" + rest);
      default ->
          throw refuse(
              text,
              "the scheme '" + scheme.group(1) + ":' is not known",
              FORMS + "; for a folder of that name write ./" + text);
    };
  }

  private static StoreLocation file(String text, String rest) {
    if (rest.isEmpty()) {
      throw refuse(text, "it names no folder", "write file:/folder");
    }
    if (rest.startsWith("//") && !rest.startsWith("///")) {
      String path = rest.substring(2);
      throw refuse(
          text,
          "'" + path.split("/", 2)[0] + "' stands where a host name would",
          "write file:/" + path + " for an absolute or file:" + path + " for a relative folder");
    }
    return folder(text, decode(text, rest.startsWith("///") ? rest.substring(2) : rest));
  }

  private static String decode(String text, String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refuse(
          text, "a '%' is not followed by two hex digits", "write %25 for '%', or a plain path");
    }
  }

  private static StoreLocation folder(String text, String path) {
    if (path.equals("~") || path.startsWith("~/")) {
      throw refuse(
          text,
          "the shell did not replace '~'",
          "write the path without quotes and without 'file:', or with $HOME");
    }
    try {
      return new StoreLocation.Folder(Path.of(path));
    } catch (InvalidPathException e) {
      throw refuse(
          text,
          "this system does not allow that name (" + e.getReason() + ")",
          "for names beyond ASCII set LC_ALL=C.UTF-8");
    }
  }

  private static StoreLocation bucket(String text, String rest) {
    String path = rest.replaceFirst("^/{0,2}", "");
    if (!rest.startsWith("//") || rest.startsWith("///")) {
      throw refuse(
          text,
          "the bucket is not named after two slashes",
          "write s3://" + path.replaceFirst("^/+", ""));
    }
    String[] parts = path.split("/", 2);
    if (parts[0].startsWith("arn:")) {
      throw refuse(text, "it is an ARN", "write the bucket's name, or the access point's alias");
    }
    if (!BUCKET.matcher(parts[0]).matches()) {
      throw refuse(
          text,
          "'" + parts[0] + "' is not a bucket name",
          "bucket names have 3 to 63 characters of a-z, 0-9, '-' and '.'");
    }
    String prefix = parts.length == 1 ? "" : parts[1].replaceFirst("/$", "");
    try {
      return new StoreLocation.Bucket(parts[0], prefix);
    } catch (IllegalArgumentException e) {
      throw refuse(
          text,
          "its prefix is not usable",
          "a prefix has no empty, '.' or '..' part, no backslash, and at most 1024 bytes");
    }
  }

  private static StoreLocation memory(String text, String rest) {
    if (!NAME.matcher(rest).matches()) {
      throw refuse(
          text, "it has no usable name", "write mem:name with letters, digits, '-', '_' and '.'");
    }
    return new StoreLocation.Memory(rest);
  }

  private static DynavaultException refuse(String text, String reason, String hint) {
    return new DynavaultException(
        ErrorCode.USAGE, "unable to use location '" + text + "': " + reason, hint);
  }
}
