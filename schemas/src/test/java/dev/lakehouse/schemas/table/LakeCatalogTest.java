package dev.lakehouse.schemas.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.name.DatasetName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeCatalogTest {
  @TempDir Path dir;

  @Test
  void tablesSurviveAndPathsMayHoldSpaces() throws Exception {
    Path warehouse = Files.createDirectories(dir.resolve("ware house"));
    var config =
        LakehouseConfig.defaults()
            .catalog()
            .at("jdbc:sqlite:" + dir.resolve("catalog.db"), warehouse.toUri().toString());
    DatasetName orders = new DatasetName("orders");
    List<NestedField> columns = new ArrayList<>(MetadataColumns.fields(1));
    try (LakeCatalog catalog = LakeCatalog.open(config)) {
      assertThat(catalog.table(orders)).isEmpty();
      Table table = catalog.catalog().createTable(TableNames.of(orders), new Schema(columns));
      table
          .updateProperties()
          .set(LandedState.TOPIC, "data.orders")
          .set(LandedState.OFFSETS, "0:3")
          .commit();
    }
    try (LakeCatalog catalog = LakeCatalog.open(config);
        LakeCatalog another = LakeCatalog.open(config)) {
      assertThat(catalog.datasets()).containsExactly(orders);
      Table table = catalog.table(orders).orElseThrow();
      assertThat(table.schema().columns())
          .extracting(NestedField::name)
          .containsExactlyElementsOf(MetadataColumns.NAMES);
      assertThat(LandedState.of(table))
          .contains(new LandedState("data.orders", "", OffsetVector.parse("0:3"), 0));
      assertThat(LandedState.in(Map.of())).isEmpty();
      another.table(orders).orElseThrow().updateProperties().set("a", "b").commit();
      assertThat(catalog.table(orders).orElseThrow().properties()).containsEntry("a", "b");
    }
    try (LakeCatalog catalog = LakeCatalog.open(config)) {
      Table first = catalog.newTable(new DatasetName("first"), new Schema(columns)).create();
      String location = first.location();
      LocalFileIO io = (LocalFileIO) catalog.files();
      catalog
          .catalog()
          .renameTable(
              TableNames.of(new DatasetName("first")), TableNames.of(new DatasetName("second")));
      Table again = catalog.newTable(new DatasetName("first"), new Schema(columns)).create();
      assertThat(again.location()).isNotEqualTo(location);
      assertThat(io.listPrefix(location)).hasSize(1);
      io.deletePrefix(location);
      io.deletePrefix(location);
      assertThat(LocalFileIO.path(location)).doesNotExist();
      assertThat(catalog.table(new DatasetName("first"))).isPresent();
    }
    try (var files = Files.walk(warehouse)) {
      assertThat(files.filter(file -> file.toString().endsWith(".crc"))).isEmpty();
    }
  }
}
