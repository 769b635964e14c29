package dev.lakehouse.schemas.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.table.MetadataColumns;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColumnNamesTest {
  @Test
  void keepsNamesAndMakesThemUniqueWithoutRegardToCase() {
    assertThat(
            ColumnNames.unique(
                List.of("Cost Total $", "", "ID", "id", " Id ", "_kafka_offset"),
                MetadataColumns.reserved()))
        .containsExactly("Cost Total $", "column_2", "ID", "id_2", "Id_3", "_kafka_offset_2");
  }

  @Test
  void aMadeUpNameGivesWayToARealOne() {
    assertThat(ColumnNames.unique(List.of("a", "a", "a_2"), Set.of()))
        .containsExactly("a", "a_2", "a_2_2");
  }

  @Test
  void findsNamesThatAvroAllows() {
    assertThat(ColumnNames.avro(List.of("Cost Total $", "Cost_Total__", "2nd", "größe", "ok")))
        .containsExactly("Cost_Total__", "Cost_Total___2", "_2nd", "gr__e", "ok");
  }

  @Test
  void nearestNamesAreNear() {
    assertThat(Nearest.to("ordrs", List.of("orders", "order", "customers", "words"), 3))
        .containsExactly("orders", "order", "words");
    assertThat(Nearest.to("zzz", List.of("orders"), 3)).isEmpty();
  }
}
