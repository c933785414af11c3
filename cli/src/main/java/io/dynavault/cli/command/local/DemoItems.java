// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.local;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The items of the demo, the same every time. */
final class DemoItems {
  private static final int THINGS = 3_000;
  private static final int THINGS_OF_A_KEY = 10;
  private static final long SEED = 42;

  /** Seconds of 2100-01-01: nothing expires while somebody looks at it. */
  private static final long EXPIRES = 4_102_444_800L;

  /** Order, item, customer, product, amount in cents. */
  private static final List<String> ORDERS =
      List.of(
          "3801,23,421,Salmon,2756",
          "9999,25,149,Lemonade,4427",
          "1357,99,117,Beans,3463",
          "7799,30,894,Onions,2431",
          "7389,84,726,Knife,3264",
          "9934,23,888,Lamb,2032",
          "5310,85,579,Artichoke,4617",
          "1532,26,658,Flour,3540");

  private DemoItems() {}

  static String createOrders(String name) {
    return """
    {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
     "AttributeDefinitions":[{"AttributeName":"order_id","AttributeType":"S"},
                             {"AttributeName":"item_id","AttributeType":"S"}],
     "KeySchema":[{"AttributeName":"order_id","KeyType":"HASH"},
                  {"AttributeName":"item_id","KeyType":"RANGE"}]}\
    """
        .formatted(name);
  }

  static String createThings(String name) {
    return """
    {"TableName":"%s","BillingMode":"PROVISIONED",
     "ProvisionedThroughput":{"ReadCapacityUnits":1000,"WriteCapacityUnits":1000},
     "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
                             {"AttributeName":"sk","AttributeType":"N"},
                             {"AttributeName":"colour","AttributeType":"S"},
                             {"AttributeName":"weight","AttributeType":"N"}],
     "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},
                  {"AttributeName":"sk","KeyType":"RANGE"}],
     "LocalSecondaryIndexes":[{"IndexName":"by-weight",
       "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},
                    {"AttributeName":"weight","KeyType":"RANGE"}],
       "Projection":{"ProjectionType":"ALL"}}],
     "GlobalSecondaryIndexes":[{"IndexName":"by-colour",
       "KeySchema":[{"AttributeName":"colour","KeyType":"HASH"}],
       "Projection":{"ProjectionType":"KEYS_ONLY"},
       "ProvisionedThroughput":{"ReadCapacityUnits":1000,"WriteCapacityUnits":1000}}],
     "Tags":[{"Key":"made-by","Value":"dynavault-demo"}]}\
    """
        .formatted(name);
  }

  static List<String> orders() {
    return ORDERS.stream().map(DemoItems::order).toList();
  }

  private static String order(String line) {
    String[] fields = line.split(",", -1);
    return """
    {"order_id":{"S":"%s"},"item_id":{"S":"%s"},"customer_id":{"S":"%s"},
     "product":{"S":"%s"},"amount":{"N":"%s"},"currency":{"S":"USD"}}\
    """
        .formatted((Object[]) fields);
  }

  static List<String> things() {
    Random random = new Random(SEED);
    List<String> items = new ArrayList<>(THINGS);
    for (int number = 0; number < THINGS; number++) {
      items.add(thing(number, random));
    }
    return items;
  }

  /** The key of a thing, as an item. */
  static String key(int number) {
    return "{\"pk\":{\"S\":\"%s\"},\"sk\":{\"N\":\"%d\"}}".formatted(pk(number), sk(number));
  }

  private static String pk(int number) {
    return String.format(Locale.ROOT, "thing-%04d", number / THINGS_OF_A_KEY);
  }

  private static int sk(int number) {
    return number % THINGS_OF_A_KEY;
  }

  /** Every attribute type, nested binary and numbers of 38 digits among them. */
  private static String thing(int number, Random random) {
    byte[] bytes = new byte[48];
    random.nextBytes(bytes);
    String binary = Base64.getEncoder().encodeToString(bytes);
    return """
    {"pk":{"S":"%s"},"sk":{"N":"%d"},"colour":{"S":"%s"},"weight":{"N":"%d"},
     "name":{"S":"Thing \u2116 %d \uD83D\uDCE6"},"exact":{"N":"%s"},"picture":{"B":"%s"},
     "good":{"BOOL":%b},"nothing":{"NULL":true},"words":{"SS":["alpha","%s"]},
     "numbers":{"NS":["1","%d","-0.5"]},"binaries":{"BS":["AA==","%s"]},
     "list":{"L":[{"S":""},{"B":"%s"},{"L":[]}]},
     "map":{"M":{"inner":{"M":{"deep":{"N":"%d"},"bytes":{"B":"%s"}}}}},
     "expires":{"N":"%d"}}\
    """
        .formatted(
            pk(number),
            sk(number),
            List.of("red", "green", "blue").get(random.nextInt(3)),
            random.nextInt(10_000),
            number,
            "12345678901234567890123456789.%09d".formatted(number + 1),
            binary,
            random.nextBoolean(),
            "w" + number,
            number + 2,
            binary,
            binary,
            number,
            binary,
            EXPIRES + number);
  }
}
