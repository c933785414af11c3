// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PriceListTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(PriceItem.class)
  void comesWithEveryPriceAndItsSource(PriceItem item) {
    Price price = PriceList.builtIn().price(item);

    assertThat(price.value()).isPositive();
    assertThat(price.quality()).isNotEqualTo(PriceQuality.OWN);
    assertThat(price.source()).isNotBlank();
  }

  @Test
  void saysWhereThePricesHoldAndSinceWhen() {
    PriceList list = PriceList.builtIn();

    assertThat(list.region()).isEqualTo("us-east-1");
    assertThat(list.currency()).isEqualTo("USD");
    Price write = list.price(PriceItem.WRITE_REQUEST_UNIT);
    assertThat(write.value()).isEqualByComparingTo("0.625");
    assertThat(write.asOf()).contains(LocalDate.of(2026, 8, 9));
    assertThat(write.quality()).isEqualTo(PriceQuality.LISTED);
  }

  @Test
  void aUsersPricesReplaceTheBuiltInOnes() throws IOException {
    Path file =
        file(
            """
            {"region":"eu-west-1","prices":{"restoreWarm":{"value":"0.1725","unit":"GB"}}}
            """);

    PriceList list = PriceList.builtInWith(file);

    assertThat(list.region()).isEqualTo("eu-west-1");
    assertThat(list.currency()).isEqualTo("USD");
    assertThat(list.price(PriceItem.RESTORE_WARM).value()).isEqualByComparingTo("0.1725");
    assertThat(list.price(PriceItem.RESTORE_WARM).quality()).isEqualTo(PriceQuality.OWN);
    assertThat(list.price(PriceItem.RESTORE_COLD).value()).isEqualByComparingTo("0.20");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'prices':{'restoreHot':{'value':'1','unit':'GB'}}} | restoreHot",
        "{'prices':{'restoreWarm':{'value':'1','unit':'TB'}}} | is not 'GB'",
        "{'prices':{'restoreWarm':{'value':'-1','unit':'GB'}}} | is not a price such as \"0.25\"",
        "{'prices':{'restoreWarm':{'value':'a','unit':'GB'}}} | is not a price such as \"0.25\"",
        "{'prices':{'restoreWarm':{'unit':'GB'}}} | value",
        "{'prices':{'restoreWarm':{'value':'1','unit':'GB','asOf':'May'}}} | is not a date",
        "{'prices':{'restoreWarm':{'value':'1','unit':'GB','quality':'GOOD'}}} | quality",
        "{} | prices",
        "nonsense | not valid JSON",
      })
  void refusesWhatIsNoPriceList(String json, String reason) throws IOException {
    Path file = file(json.contains("{") ? json.replace('\'', '"') : json);

    DynavaultException e =
        catchThrowableOfType(DynavaultException.class, () -> PriceList.builtInWith(file));

    assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(e)
        .hasMessageStartingWith("unable to read the prices in '" + file + "': ")
        .hasMessageContaining(reason);
  }

  @Test
  void refusesAMissingFile() {
    Path file = folder.resolve("none.json");

    DynavaultException e =
        catchThrowableOfType(DynavaultException.class, () -> PriceList.builtInWith(file));

    assertThat(e)
        .hasMessage("unable to read the prices in '" + file + "': the file cannot be read");
  }

  private Path file(String json) throws IOException {
    return Files.write(folder.resolve("prices.json"), json.getBytes(UTF_8));
  }
}
