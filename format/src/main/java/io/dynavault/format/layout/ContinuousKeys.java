// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of one chain of continuous backup, relative to the vault's root
 * (docs/format/continuous.md, "Tree"). Table, ids and names are checked, so that no key can lead
 * out of its folder.
 *
 * @param chain id of the chain: of the form of the id of a recovery point
 */
public record ContinuousKeys(String table, String chain) {
  /** What the keys of all chains' descriptions begin with. */
  public static final String CHAINS = "chains/";

  /** What the keys of everything else of all chains begin with. */
  public static final String CONTINUOUS = "continuous/";

  /** The last number that a commit can have: ten digits. */
  public static final long MAX_COMMIT = 9_999_999_999L;

  private static final int COMMITS_PER_FOLDER = 1000;
  private static final String JSON = ".json";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{10}");
  private static final Pattern COMMIT = Pattern.compile("([0-9]{7})/(\\1[0-9]{3})\\.json");
  private static final String HOUR_FORM = "dddd-dd-ddTdd";
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  public ContinuousKeys {
    Names.table(table);
    if (!Names.isRecoveryPointId(chain)) {
      throw new IllegalArgumentException("not the id of a chain: '" + chain + "'");
    }
  }

  /** What the keys of the descriptions of a table's chains begin with. */
  public static String chains(String table) {
    return CHAINS + Names.table(table) + "/";
  }

  /** The chain whose description has this key; empty for keys of another form. */
  public static Optional<ContinuousKeys> parseDescription(String key) {
    return VaultKeys.parse(key, CHAINS, JSON)
        .map(found -> new ContinuousKeys(found.table(), found.id()));
  }

  /** The chain to which any other key than that of its description belongs. */
  public static Optional<ContinuousKeys> parse(String key) {
    return VaultKeys.parseBelow(key, CONTINUOUS)
        .map(found -> new ContinuousKeys(found.table(), found.id()));
  }

  /** What the chain is. The chain exists when this object does. */
  public String description() {
    return chains(table) + chain + JSON;
  }

  /** What all other keys of the chain begin with. */
  public String folder() {
    return CONTINUOUS + table + "/" + chain + "/";
  }

  /** What the keys of all commits begin with. */
  public String commits() {
    return folder() + "commits/";
  }

  /** What the keys of a commit and of those of its thousand begin with. */
  public String commitFolder(long number) {
    return commits() + String.format(Locale.ROOT, "%07d/", checked(number) / COMMITS_PER_FOLDER);
  }

  /**
   * A commit.
   *
   * @param number from 1 to {@link #MAX_COMMIT}
   */
  public String commit(long number) {
    return commitFolder(number) + String.format(Locale.ROOT, "%010d.json", number);
  }

  /** The number of the last commit that lies in the same folder. */
  public static long lastOfFolder(long number) {
    return checked(number) / COMMITS_PER_FOLDER * COMMITS_PER_FOLDER + COMMITS_PER_FOLDER - 1;
  }

  /** The number of a commit of this chain; empty for keys of another form. */
  public Optional<Long> parseCommit(String key) {
    Matcher commit = COMMIT.matcher(below(commits(), key));
    return commit.matches()
        ? Optional.of(Long.valueOf(commit.group(2))).filter(number -> number > 0)
        : Optional.empty();
  }

  /** What the keys of all indexes begin with. */
  public String hours() {
    return folder() + "hours/";
  }

  /** The index of the commits of an hour. */
  public String hour(Instant hour) {
    return hours() + hourName(hour) + JSON;
  }

  /** The hour that an object is the index of; empty for keys of another form. */
  public Optional<Instant> parseHour(String key) {
    String name = below(hours(), key);
    return name.endsWith(JSON)
        ? hourOf(name.substring(0, name.length() - JSON.length()))
        : Optional.empty();
  }

  /** What the keys of all bases begin with. */
  public String bases() {
    return folder() + "bases/";
  }

  /** Says that a recovery point is a base of this chain. */
  public String base(String recoveryPoint) {
    if (!Names.isRecoveryPointId(recoveryPoint)) {
      throw new IllegalArgumentException("not the id of a recovery point: '" + recoveryPoint + "'");
    }
    return bases() + recoveryPoint + JSON;
  }

  /** The recovery point that is a base; empty for keys of another form. */
  public Optional<String> parseBase(String key) {
    String name = below(bases(), key);
    return name.endsWith(JSON)
        ? Optional.of(name.substring(0, name.length() - JSON.length()))
            .filter(Names::isRecoveryPointId)
        : Optional.empty();
  }

  /** What the keys of all that says what has expired begin with. */
  public String expired() {
    return folder() + "expired/";
  }

  /** Says that the commits up to and with this one have expired. */
  public String expired(long throughCommit) {
    return expired() + String.format(Locale.ROOT, "%010d.json", checked(throughCommit));
  }

  /** The last commit that an object says has expired; empty for keys of another form. */
  public Optional<Long> parseExpired(String key) {
    String name = below(expired(), key);
    return name.endsWith(JSON)
        ? Optional.of(name.substring(0, name.length() - JSON.length()))
            .filter(number -> NUMBER.matcher(number).matches())
            .map(Long::valueOf)
            .filter(number -> number > 0)
        : Optional.empty();
  }

  /** Says that the chain has ended. */
  public String end() {
    return folder() + "end.json";
  }

  /** Says that the chain is a copy, and of which vault's. */
  public String copied() {
    return folder() + "copied.json";
  }

  /** What the keys of all change files begin with. */
  public String data() {
    return folder() + ExportLayout.DATA + "/";
  }

  /**
   * A change file.
   *
   * @param hour any time of the hour in whose folder it lies
   */
  public String dataFile(Instant hour, String name) {
    return data() + hourName(hour) + "/" + Names.segment(name, "data file's name");
  }

  /** Whether the key is that of a change file of this chain. */
  public boolean isDataFile(String key) {
    String[] parts = below(data(), key).split("/", -1);
    return parts.length == 2 && hourOf(parts[0]).isPresent() && Names.isSegment(parts[1]);
  }

  /** The hour of a time as it is in keys, such as {@code 2026-03-01T09}. */
  public static String hourName(Instant time) {
    return HOUR.format(time.atOffset(ZoneOffset.UTC));
  }

  /** The hour that has this name; empty for what is none. */
  public static Optional<Instant> hourOf(String name) {
    if (!isOfForm(name, HOUR_FORM)) {
      return Optional.empty();
    }
    try {
      LocalDateTime time =
          LocalDateTime.of(
              number(name, 0, 4), number(name, 5, 7), number(name, 8, 10), number(name, 11, 13), 0);
      return Optional.of(time.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Asked of every change file of years: a pattern would take several times as long. */
  private static boolean isOfForm(String name, String form) {
    if (name.length() != form.length()) {
      return false;
    }
    for (int i = 0; i < form.length(); i++) {
      char c = name.charAt(i);
      if (form.charAt(i) == 'd' ? c < '0' || c > '9' : c != form.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int number(String name, int from, int to) {
    return Integer.parseInt(name, from, to, 10);
  }

  private static String below(String folder, String key) {
    return key.startsWith(folder) ? key.substring(folder.length()) : "";
  }

  private static long checked(long number) {
    if (number < 1 || number > MAX_COMMIT) {
      throw new IllegalArgumentException("not the number of a commit: " + number);
    }
    return number;
  }
}
