package dev.lakehouse.ingest.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.schema.SchemaEvolution.Evolved;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

/** The dataset's types win, names match in any case, and only Iceberg's widenings happen. */
class SchemaEvolutionTest {
  private static Column column(String name, Schema.Type type) {
    return new Column(name, Schema.create(type), false, true, 1);
  }

  @Test
  void existingTypesWinAndNewColumnsAreOptional() {
    Evolved first =
        SchemaEvolution.evolve(
            "d",
            Optional.empty(),
            List.of(column("Id", Schema.Type.LONG), column("a b", Schema.Type.STRING)));
    Evolved second =
        SchemaEvolution.evolve(
            "d",
            Optional.of(first.schema()),
            List.of(column("A B", Schema.Type.LONG), column("a_b", Schema.Type.DOUBLE)));
    assertThat(second.fields()).containsExactly("a_b", "a_b_2");
    assertThat(SchemaEvolution.columnName(second.schema().getField("a_b"))).isEqualTo("a b");
    assertThat(SchemaEvolution.valueType(second.schema().getField("a_b").schema()).getType())
        .isEqualTo(Schema.Type.STRING);
    assertThat(SchemaEvolution.columnName(second.schema().getField("a_b_2"))).isEqualTo("a_b");
    assertThat(second.schema().getFields()).hasSize(3).allMatch(f -> f.schema().isNullable());
    assertThat(
            SchemaEvolution.evolve(
                    "d", Optional.of(second.schema()), List.of(column("id", Schema.Type.LONG)))
                .schema())
        .isEqualTo(second.schema());
  }

  @Test
  void aKeyColumnKeepsItsTypeAndIsNeverOptional() {
    Schema keyed =
        SchemaBuilder.record("d").fields().requiredInt("id").requiredInt("n").endRecord();
    Evolved evolved =
        SchemaEvolution.evolve(
            "d", Optional.of(keyed), List.of(column("ID", Schema.Type.LONG)), List.of("id"));
    assertThat(evolved.schema().getField("id").schema().getType()).isEqualTo(Schema.Type.INT);
    assertThat(evolved.schema().getField("n").schema().isNullable()).isTrue();
    assertThat(
            SchemaEvolution.evolve(
                    "d",
                    Optional.empty(),
                    List.of(column("Order No", Schema.Type.LONG)),
                    List.of("order no"))
                .schema()
                .getField("Order_No")
                .schema()
                .getType())
        .isEqualTo(Schema.Type.LONG);
  }

  @Test
  void aForeignSchemaIsWidenedAsFarAsNeeded() {
    Schema foreign =
        SchemaBuilder.record("theirs")
            .namespace("com.example")
            .prop("owner", "them")
            .fields()
            .requiredInt("n")
            .requiredFloat("f")
            .requiredString("s")
            .endRecord();
    Schema evolved =
        SchemaEvolution.evolve(
                "d",
                Optional.of(foreign),
                List.of(column("n", Schema.Type.LONG), column("f", Schema.Type.DOUBLE)))
            .schema();
    assertThat(evolved.getFullName()).isEqualTo("com.example.theirs");
    assertThat(evolved.getProp("owner")).isEqualTo("them");
    assertThat(evolved.getField("n").schema().getType()).isEqualTo(Schema.Type.LONG);
    assertThat(evolved.getField("f").schema().getType()).isEqualTo(Schema.Type.DOUBLE);
    assertThat(evolved.getField("s").schema().isNullable()).isTrue();
  }
}
