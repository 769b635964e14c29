package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.ingest.document.Documents;
import dev.lakehouse.schemas.event.DocumentText;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.topic.Topics;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Documents and messages become rows, and texts for search in the same transaction. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsIT {
  private IngestRig rig;

  @BeforeAll
  void start() {
    rig = IngestRig.start();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private List<DocumentText> texts(String ingestId) {
    AvroSerde<DocumentText> serde = Topics.DOCUMENTS.values(rig.registry);
    return rig.records(Topics.DOCUMENTS.name()).stream()
        .map(record -> serde.read(record.value()))
        .filter(text -> text.getIngestId().equals(ingestId))
        .sorted(Comparator.comparingLong(DocumentText::getRow))
        .toList();
  }

  @Test
  void aPdfIsRowsAndTexts() {
    Answer answer = rig.upload("ships.pdf", Documents.pages(3), Map.of());
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text("dataset")).isEqualTo("documents");
    JsonNode view = rig.awaitRead(answer.text("id"));
    assertThat(view.path("rows").path("read").asLong()).isEqualTo(3);
    assertThat(view.path("rows").path("quarantined").asLong()).isZero();
    assertThat(rig.rows("documents"))
        .filteredOn(row -> "ships.pdf".equals(row.get("document")))
        .extracting(row -> row.get("page"), row -> row.get("text"))
        .containsExactlyInAnyOrder(
            tuple(1, "This is page 1\nof 3 pages."),
            tuple(2, "This is page 2\nof 3 pages."),
            tuple(3, "This is page 3\nof 3 pages."));
    List<DocumentText> texts = texts(answer.text("id"));
    assertThat(texts)
        .extracting(DocumentText::getText)
        .containsExactly(
            "This is page 1\nof 3 pages.",
            "This is page 2\nof 3 pages.",
            "This is page 3\nof 3 pages.");
    assertThat(texts.get(1))
        .satisfies(
            text -> {
              assertThat(text.getDocumentId()).isEqualTo("documents:" + answer.text("sha256"));
              assertThat(text.getName()).isEqualTo("ships.pdf");
              assertThat(text.getPage()).isEqualTo(2);
              assertThat(text.getRow()).isEqualTo(2);
              assertThat(text.getMetadata()).containsEntry("pages", "3");
            });
  }

  @Test
  void aBrokenPageIsInQuarantineAndTheOthersAreRows() {
    Answer answer =
        rig.upload("damaged.pdf", Documents.withBrokenPage(), Map.of("dataset", "damaged"));
    JsonNode view = rig.awaitRead(answer.text("id"));
    assertThat(view.path("rows").path("read").asLong()).isEqualTo(3);
    assertThat(view.path("rows").path("quarantined").asLong()).isEqualTo(1);
    assertThat(rig.rows("damaged")).hasSize(2);
    JsonNode set = rig.get("/ingest/" + answer.text("id") + "/quarantine").body();
    assertThat(set.toString()).contains("broken_page").contains("page 2 cannot be read");
    assertThat(texts(answer.text("id"))).hasSize(2);

    Map<String, Object> page = new HashMap<>(rig.rows("damaged").get(0));
    page.replaceAll((column, value) -> null);
    page.putAll(Map.of("document", "damaged.pdf", "page", 2, "text", "What the page says."));
    String replay = "/ingest/" + answer.text("id") + "/quarantine/replay";
    String entry = set.path("items").get(0).path("entry").asText();
    assertThat(rig.post(replay, Map.of("rows", List.of(Map.of("entry", entry)))).body().toString())
        .contains("\"not_alone\"");
    assertThat(
            rig.post(replay, Map.of("rows", List.of(Map.of("entry", entry, "values", page))))
                .body()
                .path("replayed")
                .asInt())
        .isEqualTo(1);
    assertThat(rig.rows("damaged").get(2))
        .containsEntry("page", 2)
        .containsEntry("text", "What the page says.");
    DocumentText text = texts(answer.text("id")).get(1);
    assertThat(text.getText()).isEqualTo("What the page says.");
    assertThat(text.getRow()).isEqualTo(2);
    assertThat(text.getDocumentId()).isEqualTo("damaged:" + answer.text("sha256"));
  }

  @Test
  void lockedAndCutOffDocumentsAreRefusedWithTheirReason() {
    byte[] pdf = Documents.pages(20);
    Map<String, byte[]> files =
        Map.of(
            "encrypted", Documents.locked(), "pdf_truncated", Arrays.copyOf(pdf, pdf.length / 2));
    files.forEach(
        (code, file) -> {
          Answer answer = rig.upload("x.pdf", file, Map.of("dataset", "refused_pdf"));
          JsonNode view = rig.awaitRead(answer.text("id"));
          assertThat(view.path("state").asText()).isEqualTo("rejected");
          assertThat(view.path("error").path("code").asText()).isEqualTo(code);
        });
    assertThat(rig.registry.latest("data.refused_pdf-value")).isEmpty();
  }

  @Test
  void messagesAreRowsAndTexts() {
    String xml =
        """
        <?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
        <smses count="2">
        <sms address="+15550100" date="1704190272123" type="1" body="hi &#55357;&#56842;" contact_name="Alice" />
        <sms address="+15550100" date="1704190300000" type="2" body="On my way" contact_name="Alice" />
        </smses>
        """;
    Answer answer = rig.upload("sms-20240102.xml", xml.getBytes(UTF_8), Map.of("dataset", "phone"));
    JsonNode view = rig.awaitRead(answer.text("id"));
    assertThat(view.path("rows").path("read").asLong()).isEqualTo(2);
    assertThat(rig.rows("phone"))
        .extracting(row -> row.get("body"), row -> row.get("direction"), row -> row.get("time"))
        .containsExactlyInAnyOrder(
            tuple("hi 😊", "received", 1704190272123000L),
            tuple("On my way", "sent", 1704190300000000L));
    assertThat(texts(answer.text("id")))
        .extracting(DocumentText::getText)
        .containsExactly("hi 😊", "On my way");
  }

  @Test
  void transcriptsAndProseAreKnownByTheirContent() {
    Answer chat =
        rig.upload(
            "chat.txt",
            "12/31/23, 10:11 PM - Al: one\ntwo\n12/31/23, 10:12 PM - Bo: three\n".getBytes(UTF_8),
            Map.of("dataset", "chat"));
    Answer prose =
        rig.upload("letter.txt", "Dear all,\n\nthe ship is in.\n".getBytes(UTF_8), Map.of());
    assertThat(prose.text("dataset")).isEqualTo("documents");
    rig.awaitRead(chat.text("id"));
    assertThat(rig.rows("chat"))
        .extracting(row -> row.get("sender"), row -> row.get("body"))
        .containsExactlyInAnyOrder(tuple("Al", "one\ntwo"), tuple("Bo", "three"));
    rig.awaitRead(prose.text("id"));
    assertThat(texts(prose.text("id")))
        .extracting(DocumentText::getText)
        .containsExactly("Dear all,\n\nthe ship is in.\n");
  }
}
