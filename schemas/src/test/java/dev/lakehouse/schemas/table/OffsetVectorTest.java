package dev.lakehouse.schemas.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OffsetVectorTest {
  @Test
  void equalVectorsAreEqualTexts() {
    OffsetVector vector = new OffsetVector(Map.of(10, 5L, 2, 7L, 0, 17L));
    assertThat(vector).hasToString("0:17,2:7,10:5");
    assertThat(OffsetVector.parse("0:17,2:7,10:5")).isEqualTo(vector);
    assertThat(OffsetVector.parse("")).isEqualTo(OffsetVector.NONE);
    assertThatThrownBy(() -> OffsetVector.parse("0")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comparesPartitionByPartition() {
    OffsetVector vector = OffsetVector.parse("0:17,2:7");
    assertThat(vector.reaches(OffsetVector.parse("0:17"))).isTrue();
    assertThat(vector.reaches(OffsetVector.parse("1:1"))).isFalse();
    assertThat(vector.reaches(OffsetVector.parse("1:0"))).isTrue();
    assertThat(vector.with(OffsetVector.parse("1:3,2:9"))).hasToString("0:17,1:3,2:9");
  }
}
