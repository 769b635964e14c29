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

  @Test
  void formerFindingsAreReadAsTheyAreWritten() {
    FormerFindings findings =
        new FormerFindings(3, Map.of(1, "NONE", 12, "EMAIL", 2, FormerFindings.UNKNOWN));
    assertThat(findings).hasToString("3;1=NONE;2=UNKNOWN;12=EMAIL");
    assertThat(FormerFindings.in(Map.of(FormerFindings.PROPERTY, findings.toString())))
        .contains(findings);
    assertThat(FormerFindings.in(Map.of())).isEmpty();
  }
}
