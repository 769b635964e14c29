package dev.lakehouse.ingest.columnar;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.ingest.format.UnreadableFileException;
import org.junit.jupiter.api.Test;

class PageBudgetTest {
  private static final long MIB = 1 << 20;

  @Test
  void aPageGivesBackThePlaceOfTheOneBefore() {
    PageBudget budget = new PageBudget();
    budget.swap(0, 60 * MIB);
    for (int page = 0; page < 100; page++) {
      budget.swap(60 * MIB, 60 * MIB);
    }
  }

  @Test
  void pagesThatAreTooLargeAloneOrTogetherAreRefused() {
    assertThatThrownBy(() -> new PageBudget().swap(0, 65 * MIB))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("68157440 bytes");
    PageBudget budget = new PageBudget();
    budget.swap(0, 60 * MIB);
    budget.swap(0, 60 * MIB);
    assertThatThrownBy(() -> budget.swap(0, 60 * MIB)).isInstanceOf(UnreadableFileException.class);
  }
}
