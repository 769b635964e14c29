package dev.lakehouse.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Rooms talk through topics, tables and HTTP only. */
@AnalyzeClasses(packages = "dev.lakehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String SCHEMAS = "dev.lakehouse.schemas..";
  private static final String INGEST = "dev.lakehouse.ingest..";
  private static final String JOBS = "dev.lakehouse.jobs..";
  private static final String QUERY = "dev.lakehouse.query..";
  private static final String EMBEDDED = "dev.lakehouse.embedded..";
  private static final String LOCAL = "dev.lakehouse.local..";

  @ArchTest
  static final ArchRule schemasKnowNobody = never(SCHEMAS, INGEST, JOBS, QUERY, EMBEDDED, LOCAL);

  @ArchTest static final ArchRule ingestKnowsSchemas = never(INGEST, JOBS, QUERY, EMBEDDED, LOCAL);

  @ArchTest static final ArchRule jobsKnowSchemas = never(JOBS, INGEST, QUERY, EMBEDDED, LOCAL);

  @ArchTest static final ArchRule queryKnowsSchemas = never(QUERY, INGEST, JOBS, EMBEDDED, LOCAL);

  @ArchTest
  static final ArchRule embeddedKnowsSchemas = never(EMBEDDED, INGEST, JOBS, QUERY, LOCAL);

  @ArchTest
  static final ArchRule landingKnowsNoFlink =
      never("dev.lakehouse.jobs.land..", "org.apache.flink..", "dev.lakehouse.jobs.flink..");

  @ArchTest
  static final ArchRule upkeepKnowsNoFlink =
      never("dev.lakehouse.jobs.maintain..", "org.apache.flink..", "dev.lakehouse.jobs.flink..");

  @ArchTest
  static final ArchRule onlyOneDoorToKafka =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lakehouse.schemas.kafka..", "dev.lakehouse.embedded..")
          .should()
          .callConstructor(
              org.apache.kafka.clients.producer.KafkaProducer.class, java.util.Map.class)
          .orShould()
          .callConstructor(
              org.apache.kafka.clients.consumer.KafkaConsumer.class, java.util.Map.class)
          .because("KafkaClients builds every client");

  @ArchTest
  static final ArchRule nobodyReadsTheClockByItself =
      noClasses()
          .that()
          .resideInAnyPackage(INGEST, JOBS, QUERY)
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("the clock is handed in");

  private static ArchRule never(String from, String... to) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to);
  }
}
