package dev.lakehouse.schemas.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableKeysTest {
  @Test
  void whatIsWrittenIsRead() {
    List<String> columns = List.of("Order No.", "line");
    assertThat(TableKeys.in(Map.of(TableKeys.PROPERTY, TableKeys.write(columns))))
        .isEqualTo(columns);
    assertThat(TableKeys.in(Map.of())).isEmpty();
    assertThatThrownBy(() -> TableKeys.write(List.of("a,b")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
