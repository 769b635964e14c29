package dev.lakehouse.query.derived;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.event.DerivedRefresh;
import dev.lakehouse.schemas.event.DerivedSource;
import dev.lakehouse.schemas.event.DerivedState;
import dev.lakehouse.schemas.event.DerivedTable;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineageTest {
  private static DerivedTable made(String name, String... sources) {
    return DerivedTable.newBuilder()
        .setId(name)
        .setName(name)
        .setSql("SELECT")
        .setTimeZone("UTC")
        .setRefresh(DerivedRefresh.ON_COMMIT)
        .setState(DerivedState.ACTIVE)
        .setTableId(name)
        .setActor("local")
        .setSources(Stream.of(sources).map(source -> new DerivedSource(source, "")).toList())
        .setCreatedAt(Instant.EPOCH)
        .setUpdatedAt(Instant.EPOCH)
        .build();
  }

  private static List<String> texts(List<Lineage.Edge> edges) {
    return edges.stream().map(edge -> edge.from() + ">" + edge.to()).toList();
  }

  @Test
  void bothWaysNearestFirstAndEachEdgeOnce() {
    List<DerivedTable> tables =
        List.of(made("d", "b", "c"), made("b", "a"), made("c", "a"), made("e", "d"), made("x"));
    Lineage middle = Lineage.of("d", tables);
    assertThat(texts(middle.upstream())).containsExactly("b>d", "c>d", "a>b", "a>c");
    assertThat(texts(middle.downstream())).containsExactly("d>e");
    assertThat(texts(Lineage.of("a", tables).downstream()))
        .containsExactly("a>b", "a>c", "b>d", "c>d", "d>e");
    assertThat(Lineage.of("unknown", tables).upstream()).isEmpty();
  }
}
