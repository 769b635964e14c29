package dev.lakehouse.ingest.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What would have to change for a file to fit is said column by column. */
class MigrationTest {
  private static final Schema LONG = Schema.create(Schema.Type.LONG);
  private static final Schema DOUBLE = Schema.create(Schema.Type.DOUBLE);
  private static final Schema STRING = Schema.create(Schema.Type.STRING);
  private static final Schema DATE =
      LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
  private static final Schema DECIMAL =
      LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES));

  private static String migration(Schema has, Schema comes) {
    List<Column> old = List.of(new Column("c", has, true, true, 5));
    List<Column> columns = List.of(new Column("c", comes, true, true, 5));
    SchemaEvolution.Evolved existing = SchemaEvolution.evolve("d", Optional.empty(), old);
    SchemaEvolution.Evolved evolved =
        SchemaEvolution.evolve("d", Optional.of(existing.schema()), columns);
    return Migration.of(evolved.schema(), evolved.fields(), columns).toString();
  }

  @Test
  void whatDoesNotFitIsNamedWithTheTypeThatWouldTakeIt() {
    assertThat(migration(LONG, DOUBLE)).isEqualTo("'c' from bigint to double");
    assertThat(migration(LONG, STRING)).isEqualTo("'c' from bigint to string");
    assertThat(migration(DATE, STRING)).isEqualTo("'c' from date to string");
    assertThat(migration(DECIMAL, DATE)).isEqualTo("'c' from decimal(9,2) to string");
  }

  @Test
  void whatFitsIsLeftOut() {
    assertThat(migration(STRING, DATE)).isEmpty();
    assertThat(migration(DOUBLE, LONG)).isEmpty();
    assertThat(migration(DECIMAL, LONG)).isEmpty();
    assertThat(migration(DATE, DATE)).isEmpty();
  }
}
