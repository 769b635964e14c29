package dev.lakehouse.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.KindEvidence;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * A lake under policies, with secrets planted wherever its reader must not see: in masked columns,
 * a denied one, hidden rows, and a dataset that the reader may not read. Two of them that differ in
 * nothing but their secrets must answer the reader alike.
 */
final class PolicyLake implements AutoCloseable {
  static final String READER = "the-key-of-marie-01";
  static final String ADMIN = "the-key-of-admin-01";
  static final String NOBODY = "the-key-of-norman-1";

  /** What the reader may see, and what must hold of that. */
  static final String POLICY =
      """
      [principals.admin]
      roles = ["admin"]

      [principals.marie]
      roles = ["reader"]
      attributes = { region = "emea", regions = ["emea", "none"] }

      [[roles.admin]]
      datasets = ["*"]
      grants = ["read", "raw", "ingest", "manage"]

      [[roles.reader]]
      datasets = ["people"]
      grants = ["read"]
      [roles.reader.columns]
      email = "null"
      salary = "deny"
      addr = { mask = "constant", value = "somewhere" }

      [[roles.reader]]
      datasets = ["orders"]
      grants = ["read"]
      filter = "region = attr('region')"

      [[roles.reader]]
      datasets = ["cards"]
      grants = ["read"]
      [roles.reader.columns]
      number = { mask = "last", show = 4 }
      holder = { mask = "first", show = 2 }
      mail = "hash"
      day = "year"
      moment = "year"
      amount = { mask = "bucket", size = 100 }
      owner = { mask = "constant", value = 7 }

      [[roles.reader]]
      datasets = ["plain*", "renamed"]
      grants = ["read"]

      [[roles.reader]]
      datasets = ["renamed"]
      columns = { token = "null" }

      [[roles.reader]]
      datasets = ["timed"]
      grants = ["read"]
      filter = "now() > TIMESTAMP '2020-01-01 00:00:00'"

      [[roles.reader]]
      datasets = ["unfit"]
      grants = ["read"]
      filter = "gone = 1"

      [[roles.reader]]
      datasets = ["nobodys"]
      grants = ["read"]
      filter = "id = attr('nothing') OR true"

      [[examples]]
      as = "marie"
      dataset = "people"
      column = "email"
      is = "masked"

      [[examples]]
      as = "marie"
      dataset = "people"
      grant = "manage"
      is = "denied"

      [[examples]]
      as = "marie"
      dataset = "orders"
      is = "filtered"
      """;

  private final Map<String, ColumnFinding> findings;
  private final String secret;
  private final long number;
  final Lake lake;
  final Path policies;

  private PolicyLake(
      Lake lake, Map<String, ColumnFinding> findings, Path policies, String secret, long number) {
    this.lake = lake;
    this.findings = findings;
    this.policies = policies;
    this.secret = secret;
    this.number = number;
  }

  /**
   * A lake with these secrets.
   *
   * @param secret in every hidden text, and nowhere else
   * @param number in every hidden number, and nowhere else
   */
  static PolicyLake in(Path directory, String secret, long number) {
    Map<String, ColumnFinding> findings = new ConcurrentHashMap<>();
    Path policies = directory.resolve("policies");
    try {
      Files.createDirectories(policies);
      Files.writeString(policies.resolve("all.toml"), POLICY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Lake lake =
        Lake.in(
            directory,
            settings(Map.of()),
            (topicId, fieldId) -> Optional.ofNullable(findings.get(topicId + "/" + fieldId)));
    PolicyLake made = new PolicyLake(lake, findings, policies, secret, number);
    made.fill();
    return made;
  }

  /** With authentication on, and these settings. */
  static Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("auth.enabled", "true");
    settings.put("auth.keys.admin", ADMIN);
    settings.put("auth.keys.marie", READER);
    settings.put("auth.keys.norman", NOBODY);
    return settings;
  }

  /** What is known of columns, for another lake over the same tables. */
  Optional<ColumnFinding> finding(String topicId, int fieldId) {
    return Optional.ofNullable(findings.get(topicId + "/" + fieldId));
  }

  private void fill() {
    people();
    orders();
    cards();
    Table vault =
        landed(
            "vault",
            NestedField.required(1, "id", Types.LongType.get()),
            NestedField.optional(2, "secret", Types.StringType.get()));
    Lake.append(vault, Lake.row(1L, secret + "-vault"));
    found("vault", PersonalKind.NONE, 1, 2);
    Table plain = landed("plain", NestedField.required(1, "id", Types.LongType.get()));
    Lake.append(plain, Lake.row(1L), Lake.row(2L));
    found("plain", PersonalKind.NONE, 1);
  }

  private void people() {
    Types.StructType address =
        Types.StructType.of(NestedField.optional(20, "city", Types.StringType.get()));
    Table table =
        landed(
            "people",
            NestedField.required(1, "id", Types.LongType.get()),
            NestedField.optional(2, "name", Types.StringType.get()),
            NestedField.optional(3, "email", Types.StringType.get()),
            NestedField.optional(4, "salary", Types.DoubleType.get()),
            NestedField.optional(5, "born", Types.DateType.get()),
            NestedField.optional(6, "note", Types.StringType.get()),
            NestedField.optional(7, "tags", Types.ListType.ofOptional(21, Types.StringType.get())),
            NestedField.optional(8, "addr", address));
    for (int half = 0; half < 2; half++) {
      List<@Nullable Object[]> rows = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        long id = half * 4L + i;
        GenericRecord city = GenericRecord.create(address);
        city.set(0, secret + "-city" + id);
        rows.add(
            Lake.row(
                id,
                "name" + id % 3,
                secret + "-" + id + "@planted.example",
                (double) number + id,
                LocalDate.ofEpochDay(number % 20_000 + id),
                secret + "-note" + id,
                List.of(secret + "-tag" + id),
                city));
      }
      Lake.append(table, rows.toArray(new Object[0][]));
    }
    found("people", PersonalKind.NONE, 1, 2, 4);
    found("people", PersonalKind.EMAIL, 3);
    found("people", PersonalKind.DATE_OF_BIRTH, 5);
  }

  private void orders() {
    List<NestedField> fields =
        new ArrayList<>(
            List.of(
                NestedField.required(1, "id", Types.LongType.get()),
                NestedField.optional(2, "person_id", Types.LongType.get()),
                NestedField.optional(3, "amount", Types.DecimalType.of(12, 2)),
                NestedField.optional(4, "region", Types.StringType.get()),
                NestedField.optional(5, "product", Types.StringType.get())));
    fields.addAll(MetadataColumns.fields(6));
    Table table = landed("orders", fields.toArray(new NestedField[0]));
    OffsetDateTime at = OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    for (int half = 0; half < 2; half++) {
      List<@Nullable Object[]> rows = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        long id = half * 6L + i;
        boolean seen = i % 2 == 0;
        rows.add(
            Lake.row(
                id,
                id % 8,
                new BigDecimal(seen ? id * 10 : number).setScale(2),
                seen ? "emea" : secret + "-region",
                seen ? "" + id : secret + "-product" + id,
                0,
                id,
                at,
                seen ? "ingest" : secret + "-ingest"));
      }
      Lake.append(table, rows.toArray(new Object[0][]));
    }
    found("orders", PersonalKind.NONE, 1, 2, 3, 4, 5);
  }

  private void cards() {
    Table table =
        landed(
            "cards",
            NestedField.required(1, "id", Types.LongType.get()),
            NestedField.optional(2, "number", Types.StringType.get()),
            NestedField.optional(3, "holder", Types.StringType.get()),
            NestedField.optional(4, "mail", Types.StringType.get()),
            NestedField.optional(5, "day", Types.DateType.get()),
            NestedField.optional(6, "moment", Types.TimestampType.withZone()),
            NestedField.optional(7, "amount", Types.IntegerType.get()),
            NestedField.optional(8, "owner", Types.StringType.get()),
            NestedField.optional(9, "at", Types.TimestampType.withoutZone()));
    LocalDateTime at = LocalDateTime.of(2024, 5, 6, 7, 8);
    Lake.append(
        table,
        Lake.row(
            1L,
            "4111111111111111",
            "Ada Lovelace",
            "ada@planted.example",
            LocalDate.of(1815, 12, 10),
            OffsetDateTime.of(2023, 12, 31, 23, 30, 0, 0, ZoneOffset.UTC),
            250,
            "x",
            at),
        Lake.row(2L, "1234", "Al", "ada@planted.example", null, null, -1, null, at),
        Lake.row(3L, null, null, null, null, null, null, null, null));
    found("cards", PersonalKind.NONE, 1, 5, 6, 7, 8, 9);
    found("cards", PersonalKind.CARD_NUMBER, 2);
    found("cards", PersonalKind.PERSON_NAME, 3);
    found("cards", PersonalKind.EMAIL, 4);
  }

  /** A table that has read its topic up to offset 10. */
  Table landed(String name, NestedField... fields) {
    Table table = lake.create(name, new Schema(fields));
    reaches(table, 10);
    return table;
  }

  static void reaches(Table table, long offset) {
    table
        .updateProperties()
        .set(LandedState.TOPIC, "data.x")
        .set(LandedState.TOPIC_ID, table.name().replaceAll(".*\\.", ""))
        .set(LandedState.OFFSETS, "0:" + offset)
        .commit();
  }

  /** Has columns of a table classified up to offset 10. */
  void found(String table, PersonalKind kind, int... fieldIds) {
    for (int fieldId : fieldIds) {
      findings.put(
          table + "/" + fieldId,
          ColumnFinding.newBuilder()
              .setDataset(table)
              .setTopic("data.x")
              .setIncarnation(table)
              .setFieldId(fieldId)
              .setColumn("c")
              .setKind(kind)
              .setConfidence(0.9)
              .setEvidence(
                  kind == PersonalKind.NONE
                      ? List.of()
                      : List.of(new KindEvidence(kind, 7L, 0L, false)))
              .setValues(10)
              .setExamined(10)
              .setOffsets(Map.of("0", 10L))
              .setComplete(true)
              .setClassifierVersion(2)
              .setUpdatedAt(Instant.EPOCH)
              .build());
    }
  }

  HttpResponse<String> ask(String key, Map<String, ?> body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("X-API-Key");
    all.add(key);
    return lake.post(body, all.toArray(new String[0]));
  }

  /** The rows of the reader's answer as JSON text. */
  String rows(String sql) {
    HttpResponse<String> answer = ask(READER, Map.of("sql", sql));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return Lake.json(answer).get("rows").toString();
  }

  /** Whether nothing of an answer tells a secret. */
  boolean keeps(HttpResponse<String> answer) {
    String all = (answer.body() + answer.headers().map()).replace(".", "");
    return !all.contains(secret) && !all.contains(Long.toString(number));
  }

  /** What an answer tells, without what differs from one asking to the next. */
  static String told(HttpResponse<String> answer) {
    JsonNode body = Lake.json(answer);
    if (body instanceof ObjectNode object) {
      object.remove(List.of("receipt", "requestId", "queryId"));
      if (object.path("stats") instanceof ObjectNode stats) {
        stats.remove("elapsedMs");
      }
      if (object.has("rows")) {
        List<String> rows = new ArrayList<>();
        object.get("rows").forEach(row -> rows.add(row.toString()));
        rows.sort(null);
        object.put("rows", rows.toString());
      }
    }
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.keySet().removeIf(name -> List.of("date", "x-request-id", "x-query-id").contains(name));
    headers.remove("content-length");
    return answer.statusCode()
        + " "
        + body.toString().replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "a time")
        + " "
        + headers;
  }

  @Override
  public void close() {
    lake.close();
  }
}
