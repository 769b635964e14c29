package dev.lakehouse.query.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakehouse.query.engine.Rows.Column;
import dev.lakehouse.query.table.TypeNames;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.ConfluentWire;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {
  private static final DatasetName NAME = new DatasetName("made");

  private static Columns columns(String... types) {
    Column[] columns = new Column[types.length];
    for (int i = 0; i < types.length; i++) {
      columns[i] = new Column("c" + i, types[i]);
    }
    return Columns.of(NAME, List.of(columns));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "boolean",
        "integer",
        "bigint",
        "real",
        "double",
        "varchar",
        "binary",
        "uuid",
        "date",
        "time",
        "timestamp",
        "timestamptz",
        "decimal(38,10)",
        "list(decimal(5,2))",
        "map(varchar,list(bigint))",
        "struct(a integer,b list(struct(c varchar,d timestamptz)))"
      })
  void theTableHasTheTypeOfTheAnswer(String type) {
    assertThat(TypeNames.of(columns(type).iceberg().columns().get(0).type())).isEqualTo(type);
  }

  @Test
  void typesThatTablesDoNotHaveBecomeTheNearest() {
    Columns columns = columns("tinyint", "smallint", "json");
    assertThat(columns.iceberg().columns().subList(0, 3))
        .extracting(column -> TypeNames.of(column.type()))
        .containsExactly("integer", "integer", "varchar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "interval",
        "timetz",
        "decimal(39,0)",
        "map(integer,varchar)",
        "list(interval)",
        "struct(a interval)"
      })
  void otherTypesAreRefusedWithTheirColumn(String type) {
    assertThat(problem(new Column("x", type)).code()).isEqualTo("unsupported_type");
    assertThat(problem(new Column("x", type)).more()).containsEntry("columnName", "x");
  }

  @Test
  void namesMustBeThereAndDiffer() {
    assertThat(problem(new Column("a", "integer"), new Column("A", "integer")).detail())
        .isEqualTo("two columns are called 'A'");
    assertThat(problem(new Column("", "integer")).detail()).isEqualTo("column 1 has no name");
    assertThat(problem(new Column("_ingest_id", "varchar")).detail())
        .isEqualTo("'_ingest_id' is a column of every table already");
  }

  private static Problem problem(Column... columns) {
    return catchThrowableOfType(ProblemException.class, () -> Columns.of(NAME, List.of(columns)))
        .problem();
  }

  @Test
  void namesOfAnyKindKeepTheirOwnBesideAvros() {
    Columns columns =
        Columns.of(
            NAME,
            List.of(
                new Column("count(*)", "bigint"),
                new Column("a b", "struct(\"x y\" integer,\"q\"\"\" varchar)")));
    assertThat(columns.iceberg().columns().subList(0, 2))
        .extracting(column -> column.name())
        .containsExactly("count(*)", "a b");
    assertThat(columns.avro().getFields())
        .extracting(field -> field.name())
        .containsExactly("count___", "a_b");
    assertThat(columns.iceberg().findField("a b.x y")).isNotNull();
    assertThat(columns.iceberg().findField("a b.q\"")).isNotNull();
  }

  @Test
  void valuesComeOutAsTheyWentIn() throws IOException {
    Columns columns =
        columns(
            "integer",
            "bigint",
            "decimal(10,2)",
            "decimal(38,0)",
            "varchar",
            "binary",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "list(integer)",
            "map(varchar,double)",
            "struct(a integer,b varchar)",
            "boolean");
    GenericRecord read =
        written(
            columns,
            7,
            Long.MIN_VALUE,
            new BigDecimal("-1.5"),
            BigInteger.TEN.pow(37),
            "ü",
            new byte[] {0, -1},
            LocalDate.of(1969, 12, 31),
            LocalTime.of(23, 59, 59, 999_999_000),
            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
            Instant.parse("2024-06-01T10:00:00.000001Z"),
            Arrays.asList(1, null),
            Map.of("k", 0.5),
            Map.of("a", 1, "b", "x"),
            true);
    assertThat(read.get(0)).isEqualTo(7);
    assertThat(read.get(1)).isEqualTo(Long.MIN_VALUE);
    assertThat(read.get(2)).hasToString("java.nio.HeapByteBuffer[pos=0 lim=2 cap=2]");
    assertThat(read.get(3)).isNotNull();
    assertThat(read.get(4)).hasToString("ü");
    assertThat(read.get(6)).isEqualTo(-1);
    assertThat(read.get(7)).isEqualTo(86_399_999_999L);
    assertThat(read.get(8)).isEqualTo(-1L);
    assertThat(read.get(9)).isEqualTo(1_717_236_000_000_001L);
    assertThat(read.get(10)).hasToString("[1, null]");
    assertThat(read.get(11)).hasToString("{k=0.5}");
    assertThat(read.get(12)).hasToString("{\"a\": 1, \"b\": \"x\"}");
    assertThat(read.get(13)).isEqualTo(true);
    assertThat(written(columns("integer"), new @Nullable Object[] {null}).get(0)).isNull();
  }

  @Test
  void numbersThatDoNotFitAreToldAndNotCut() {
    assertThatThrownBy(() -> written(columns("decimal(3,1)"), new BigDecimal("1.25")))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> written(columns("decimal(3,1)"), new BigDecimal("100.0")))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("100.0 has more than 3 digits");
  }

  private static GenericRecord written(Columns columns, @Nullable Object... row)
      throws IOException {
    byte[] bytes = ConfluentWire.Writer.generic(1, columns.avro()).write(columns.record(row));
    @Nullable GenericRecord none = null;
    return new GenericDatumReader<GenericRecord>(columns.avro())
        .read(
            none,
            DecoderFactory.get()
                .binaryDecoder(
                    bytes,
                    ConfluentWire.HEADER_BYTES,
                    bytes.length - ConfluentWire.HEADER_BYTES,
                    null));
  }
}
