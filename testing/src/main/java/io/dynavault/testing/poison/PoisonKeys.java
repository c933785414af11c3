// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.poison;

import static io.dynavault.local.demo.AttributeJson.binary;
import static io.dynavault.local.demo.AttributeJson.number;
import static io.dynavault.local.demo.AttributeJson.string;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Legal items whose keys are special. */
final class PoisonKeys {
  private PoisonKeys() {}

  static List<PoisonItem> strings() {
    List<PoisonItem> items = new ArrayList<>();
    for (String key :
        List.of(
            "/",
            "..",
            "../../etc/passwd",
            "a\\b",
            "\u0000",
            "\u2028",
            "\u202e",
            "🚀",
            "é",
            "e\u0301",
            "\uffff",
            "\uDBFF\uDFFF",
            "\"",
            "{\"S\":\"x\"}",
            " ",
            "a,b\n",
            "%2e%2e",
            "null")) {
      items.add(pair("key " + key, string(key), string(key)));
    }
    items.add(
        pair(
            "longest keys",
            string("k".repeat(LegalItems.MAX_PARTITION_KEY)),
            string("s".repeat(LegalItems.MAX_SORT_KEY))));
    items.add(
        pair(
            "longest keys, of characters of four bytes",
            string("🚀".repeat(LegalItems.MAX_PARTITION_KEY / 4)),
            string("🚀".repeat(LegalItems.MAX_SORT_KEY / 4))));
    return items;
  }

  static List<PoisonItem> numbers() {
    List<PoisonItem> items = new ArrayList<>();
    for (String key :
        List.of(
            "0",
            "-1",
            "1.50",
            "1E2",
            "12345678901234567890123456789012345678",
            "1E-130",
            "9.9999999999999999999999999999999999999E+125",
            "-9.9999999999999999999999999999999999999E+125")) {
      items.add(pair("key " + key, number(key), number(key)));
    }
    return items;
  }

  static List<PoisonItem> binaries() {
    List<PoisonItem> items = new ArrayList<>();
    for (byte[] key : keysOfBytes()) {
      items.add(pair("key of %d bytes %d".formatted(key.length, key[0]), binary(key), binary(key)));
    }
    return items;
  }

  static List<PoisonItem> binariesAlone(String keyName) {
    List<PoisonItem> items = new ArrayList<>();
    for (byte[] key : keysOfBytes()) {
      items.add(
          new PoisonItem(
              "key of %d bytes %d".formatted(key.length, key[0]),
              "{\"" + keyName + "\":" + binary(key) + "}"));
    }
    return items;
  }

  private static List<byte[]> keysOfBytes() {
    byte[] longest = new byte[LegalItems.MAX_SORT_KEY];
    Arrays.fill(longest, (byte) 0xff);
    return List.of(
        new byte[] {0}, new byte[] {0, 0}, new byte[] {-1}, new byte[] {127, -128}, longest);
  }

  private static PoisonItem pair(String name, String partitionKey, String sortKey) {
    return new PoisonItem(
        name, "{\"pk\":" + partitionKey + ",\"sk\":" + sortKey + ",\"v\":" + string(name) + "}");
  }
}
