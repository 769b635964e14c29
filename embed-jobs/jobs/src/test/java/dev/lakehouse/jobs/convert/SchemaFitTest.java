package dev.lakehouse.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

/** The widenings of Iceberg v2, and no others. */
class SchemaFitTest {
  private static SchemaFit fit(Type table, Type wanted) throws MisfitException {
    return SchemaFit.of(
        new Schema(NestedField.required(1, "f", table)),
        Types.StructType.of(NestedField.required(1, "F", wanted)));
  }

  @Test
  void whatFitsAsItIs() throws MisfitException {
    assertThat(fit(Types.LongType.get(), Types.LongType.get()).fits()).isTrue();
    assertThat(fit(Types.LongType.get(), Types.IntegerType.get()).fits()).isTrue();
    assertThat(fit(Types.DoubleType.get(), Types.FloatType.get()).fits()).isTrue();
    assertThat(fit(Types.DecimalType.of(12, 2), Types.DecimalType.of(9, 2)).fits()).isTrue();
  }

  @Test
  void whatWidensTheTable() throws MisfitException {
    assertThat(fit(Types.IntegerType.get(), Types.LongType.get()).fits()).isFalse();
    assertThat(fit(Types.FloatType.get(), Types.DoubleType.get()).fits()).isFalse();
    assertThat(fit(Types.DecimalType.of(9, 2), Types.DecimalType.of(12, 2)).fits()).isFalse();
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThatThrownBy(() -> fit(Types.LongType.get(), Types.StringType.get()))
        .isInstanceOf(MisfitException.class)
        .hasMessage("column 'f' is long and cannot take string");
    assertThatThrownBy(() -> fit(Types.DecimalType.of(9, 2), Types.DecimalType.of(9, 3)))
        .isInstanceOf(MisfitException.class);
    assertThatThrownBy(() -> fit(Types.TimestampType.withZone(), Types.TimestampType.withoutZone()))
        .isInstanceOf(MisfitException.class);
    assertThatThrownBy(() -> fit(Types.IntegerType.get(), Types.DoubleType.get()))
        .isInstanceOf(MisfitException.class);
  }
}
