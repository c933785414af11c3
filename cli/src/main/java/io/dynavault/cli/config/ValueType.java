// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.output.ByteSize;
import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.format.export.Codec;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How the text of an option becomes a value.
 *
 * @param label what help shows in place of the value, such as {@code NUMBER}
 * @param range which values are allowed, in words
 * @param parser turns text into a value; throws IllegalArgumentException with the reason
 */
public record ValueType<T>(String label, String range, Function<String, T> parser) {
  /** Label of values that are never shown. */
  static final String SECRET = "SECRET";

  public ValueType {
    requireNonNull(label, "label is null");
    requireNonNull(range, "range is null");
    requireNonNull(parser, "parser is null");
  }

  /** Any text that is not blank. */
  static ValueType<String> text(String label) {
    return new ValueType<>(
        label,
        "text",
        text -> {
          require(!text.isBlank(), "it is empty");
          return text;
        });
  }

  /** Any text that is not blank and is never shown. */
  static ValueType<String> secret() {
    return new ValueType<>(SECRET, "text (secret)", text("").parser());
  }

  /** An http or https address that is never shown. */
  static ValueType<URI> secretUrl() {
    return new ValueType<>(SECRET, "an http or https address (secret)", ValueType::parseUrl);
  }

  /** Texts with commas between them. */
  static ValueType<List<String>> texts(String label) {
    return new ValueType<>(label, "texts, separated by commas", ValueType::parts);
  }

  /** The ARN of a topic of Amazon SNS. */
  static ValueType<String> topicArn() {
    return new ValueType<>(
        "ARN",
        "arn:aws:sns:REGION:ACCOUNT:NAME",
        text -> {
          require(
              text.matches("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+(\\.fifo)?"),
              "it is not an ARN such as arn:aws:sns:eu-west-1:123456789012:backups");
          return text;
        });
  }

  /** Constants of an enum with commas between them, at least one. */
  static <E extends Enum<E>> ValueType<List<E>> constants(Class<E> type) {
    ValueType<E> one = constant(type);
    return new ValueType<>(
        one.label(),
        one.range() + ", separated by commas",
        text -> parts(text).stream().map(one.parser()).distinct().toList());
  }

  /** Where a vault is; never with a user name or password in it. */
  static ValueType<String> location() {
    return new ValueType<>(
        "LOCATION",
        "file:/path, a plain path or s3://bucket/prefix",
        text -> {
          require(!text.isBlank(), "it is empty");
          require(!text.matches("[a-z0-9]+://[^/]*@.*"), "it holds a user name or password");
          return text;
        });
  }

  /** {@code true} or {@code false}. */
  static ValueType<Boolean> flag() {
    return new ValueType<>(
        "", "true or false", text -> parseChoice(text, List.of("true", "false")).equals("true"));
  }

  /** A whole number from {@code min} to {@code max}. */
  static ValueType<Integer> integer(int min, int max) {
    String range = min + " to " + max;
    return new ValueType<>(
        "NUMBER",
        range,
        text -> {
          require(text.matches("-?[0-9]{1,9}"), "it is not a whole number");
          int value = Integer.parseInt(text);
          require(value >= min && value <= max, "it is not in the range " + range);
          return value;
        });
  }

  /** A number of bytes with an optional unit, such as {@code 64MB} or {@code 1GiB}. */
  static ValueType<Long> size(long min, long max) {
    String range = ByteSize.text(min) + " to " + ByteSize.text(max);
    return new ValueType<>(
        "SIZE",
        range,
        text -> {
          long value = ByteSize.parse(text);
          require(value >= min && value <= max, "it is not in the range " + range);
          return value;
        });
  }

  /** A span of time, such as {@code 12h}. */
  static ValueType<Duration> span() {
    return new ValueType<>(
        "SPAN",
        "such as 90min, 12h or 2d",
        text ->
            Span.parse(text)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException("it is not a span such as 90min, 12h or 2d")));
  }

  /** One of a few words, in any case. */
  static ValueType<String> choice(String label, String... words) {
    List<String> all = List.of(words);
    return new ValueType<>(label, String.join(", ", all), text -> parseChoice(text, all));
  }

  /** One of the constants of an enum, written in any case, with {@code -} for {@code _}. */
  static <E extends Enum<E>> ValueType<E> constant(Class<E> type) {
    List<String> all = Arrays.stream(type.getEnumConstants()).map(ValueType::word).toList();
    return new ValueType<>(
        String.join("|", all),
        String.join(", ", all),
        text -> {
          String word = parseChoice(text.replace('_', '-'), all);
          return type.getEnumConstants()[all.indexOf(word)];
        });
  }

  /** A compression with or without a level, such as {@code gzip} or {@code gzip:6}. */
  static ValueType<Codec> codec() {
    return new ValueType<>(
        "gzip|zstd|none[:LEVEL]",
        "gzip, gzip:1 to gzip:9, zstd, zstd:1 to zstd:19, none",
        Codec::parse);
  }

  /** An http or https address. */
  static ValueType<URI> url() {
    return new ValueType<>("URL", "an http or https address", ValueType::parseUrl);
  }

  /** Capacity units per second, such as {@code 200}, a share, {@code 50%}, or no limit. */
  static ValueType<CapacityBudget> capacity() {
    return new ValueType<>(
        "UNITS|PERCENT",
        "units per second such as 200, a share such as 50%, or unlimited",
        text -> {
          try {
            return CapacityBudget.parse(text);
          } catch (DynavaultException e) {
            throw new IllegalArgumentException(
                "it is neither units per second such as 200, nor a share such as 50%, nor"
                    + " unlimited",
                e);
          }
        });
  }

  private static List<String> parts(String text) {
    List<String> parts =
        Arrays.stream(text.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    require(!parts.isEmpty(), "it is empty");
    return parts;
  }

  private static URI parseUrl(String text) {
    try {
      URI uri = new URI(text);
      require(
          ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
              && uri.getHost() != null,
          "it is not an http or https address");
      require(uri.getUserInfo() == null, "it holds a user name or password");
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("it is not an http or https address", e);
    }
  }

  private static String parseChoice(String text, List<String> words) {
    for (String word : words) {
      if (word.equalsIgnoreCase(text.strip())) {
        return word;
      }
    }
    throw new IllegalArgumentException("it is not one of " + String.join(", ", words));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void require(boolean condition, String reason) {
    if (!condition) {
      throw new IllegalArgumentException(reason);
    }
  }
}
