package dev.lakehouse.query.derived;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.schemas.event.DerivedTable;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of each refresh as OpenLineage's run events have it. What cannot be told is logged: a
 * refresh does not fail for it.
 *
 * @see <a href="https://openlineage.io/apidocs/openapi/">the specification</a>
 */
final class LineageLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LineageLog.class);
  private static final String NAMESPACE = "lakehouse";
  private static final String PRODUCER = "https://lakehouse.dev";
  private static final String SPEC = "https://openlineage.io/spec/";
  private static final ObjectMapper JSON =
      new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

  private final KafkaProducer<byte[], byte[]> producer;
  private final Clock clock;

  private LineageLog(KafkaProducer<byte[], byte[]> producer, Clock clock) {
    this.producer = producer;
    this.clock = clock;
  }

  /**
   * The topic is made if it is not there.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer
   */
  static LineageLog open(KafkaClients clients, Clock clock) {
    try (Admin admin = clients.admin()) {
      clients.create(admin, List.of(Topics.lineageTopic()));
    }
    return new LineageLog(clients.producer(Map.of()), clock);
  }

  private record Event(
      String eventType,
      String eventTime,
      Run run,
      Job job,
      List<Dataset> inputs,
      List<Dataset> outputs,
      String producer,
      String schemaURL) {}

  private record Run(String runId, Map<String, Facet> facets) {}

  private record Job(String namespace, String name, Map<String, Facet> facets) {}

  private record Dataset(
      String namespace,
      String name,
      Map<String, Facet> facets,
      @Nullable Map<String, Facet> outputFacets) {}

  /** One of the specification's facets, with the members that it has. */
  private record Facet(
      @JsonProperty("_producer") String producer,
      @JsonProperty("_schemaURL") String schemaUrl,
      @Nullable String query,
      @Nullable String datasetVersion,
      @Nullable Long rowCount,
      @Nullable String message,
      @Nullable String programmingLanguage) {}

  private static Facet facet(
      String spec,
      @Nullable String query,
      @Nullable String version,
      @Nullable Long rows,
      @Nullable String message) {
    return new Facet(
        PRODUCER,
        SPEC + "facets/" + spec,
        query,
        version,
        rows,
        message,
        message == null ? null : "SQL");
  }

  /** A refresh begins, which is the table's attempt. */
  void started(DerivedTable table) {
    send(table, "START", String.valueOf(table.getAttempt()), inputs(table, false), null, null);
  }

  /** The table's generation is shown. */
  void completed(DerivedTable table) {
    send(
        table,
        "COMPLETE",
        String.valueOf(table.getGeneration()),
        inputs(table, true),
        table.getRows(),
        null);
  }

  /** A refresh has failed. */
  void failed(DerivedTable table, String runId, Problem problem) {
    send(table, "FAIL", runId, inputs(table, false), null, problem.detail());
  }

  private static List<Dataset> inputs(DerivedTable table, boolean versions) {
    return table.getSources().stream()
        .map(
            source ->
                new Dataset(
                    NAMESPACE,
                    source.getDataset(),
                    versions && !source.getSnapshotId().isEmpty()
                        ? Map.of(
                            "version",
                            facet(
                                "1-0-1/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet",
                                null,
                                source.getSnapshotId(),
                                null,
                                null))
                        : Map.of(),
                    null))
        .toList();
  }

  private void send(
      DerivedTable table,
      String type,
      String runId,
      List<Dataset> inputs,
      @Nullable Long rows,
      @Nullable String message) {
    Event event =
        new Event(
            type,
            clock.instant().toString(),
            new Run(
                runId,
                message == null
                    ? Map.of()
                    : Map.of(
                        "errorMessage",
                        facet(
                            "1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet",
                            null,
                            null,
                            null,
                            message))),
            new Job(
                NAMESPACE,
                "derived." + table.getName(),
                Map.of(
                    "sql",
                    facet(
                        "1-1-0/SQLJobFacet.json#/$defs/SQLJobFacet",
                        table.getSql(),
                        null,
                        null,
                        null))),
            inputs,
            List.of(
                new Dataset(
                    NAMESPACE,
                    table.getName(),
                    Map.of(),
                    rows == null
                        ? null
                        : Map.of(
                            "outputStatistics",
                            facet(
                                "1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet",
                                null,
                                null,
                                rows,
                                null)))),
            PRODUCER,
            SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent");
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  Topics.LINEAGE, runId.getBytes(UTF_8), JSON.writeValueAsBytes(event)),
              (written, failure) -> {
                if (failure != null) {
                  LOG.warn("the lineage of {} is not told", table.getName(), failure);
                }
              });
    } catch (JsonProcessingException | RuntimeException e) {
      LOG.warn("the lineage of {} is not told", table.getName(), e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
