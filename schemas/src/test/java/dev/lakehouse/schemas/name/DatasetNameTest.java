package dev.lakehouse.schemas.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "_a", "A", "a-b", "a b", "a.b", "ä", "a/../b"})
  void refusesWhatIsNoName(String text) {
    assertThat(DatasetName.isLegal(text)).isFalse();
    assertThatThrownBy(() -> new DatasetName(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("starts with a letter a-z");
  }

  @ParameterizedTest
  @CsvSource({
    "orders.csv, orders",
    "Orders 2024-01.CSV, orders_2024_01",
    "/tmp/dir.v2/Kunden Übersicht.csv.gz, kunden_ubersicht",
    "C:\\data\\Ünïcode  Names!.tsv, unicode_names",
    "2024.csv, d_2024",
    ".hidden, hidden"
  })
  void mapsFileNames(String file, String dataset) {
    assertThat(DatasetName.fromFile(file).value()).isEqualTo(dataset);
  }

  @Test
  void cutsLongNamesAndRefusesEmptyOnes() {
    assertThat(DatasetName.from("x".repeat(300)).value()).isEqualTo("x".repeat(100));
    assertThatThrownBy(() -> DatasetName.from("日本"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("日本");
  }
}
