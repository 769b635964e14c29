package dev.lakehouse.schemas.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.config.AuthConfig;
import dev.lakehouse.schemas.config.LimitsConfig;
import dev.lakehouse.schemas.config.Quota;
import dev.lakehouse.schemas.config.ServerConfig;
import dev.lakehouse.schemas.config.TlsConfig;
import dev.lakehouse.schemas.event.AuditPhase;
import dev.lakehouse.schemas.event.AuditRecord;
import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of requests, when, and how much a principal may ask for. */
class AuditTest {
  private static final String KEY = "anns-key-0123456789";

  private static final class Kept implements Trail {
    private final List<AuditRecord> records = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    @Override
    public void admit(AuditRecord record) {
      if (broken) {
        throw Problem.of(503, "audit_unavailable", "No", "the audit is away").toException();
      }
      records.add(record);
    }

    @Override
    public void tell(AuditRecord record) {
      records.add(record);
    }

    private List<AuditRecord> of(AuditPhase phase) {
      return records.stream().filter(record -> record.getPhase() == phase).toList();
    }
  }

  private final Kept kept = new Kept();
  private final AtomicInteger done = new AtomicInteger();
  private final CountDownLatch hold = new CountDownLatch(1);
  private final HttpClient http = HttpClient.newHttpClient();
  private LakehouseServer server;

  @BeforeEach
  void start() {
    Routes routes =
        each -> {
          each.get("/d/{name}", context -> context.result("rows"), Door.path("name", Grant.READ));
          each.get("/raw/{name}", context -> context.result("raw"), Door.path("name", Grant.RAW));
          each.delete(
              "/d/{name}",
              context -> context.result("" + done.incrementAndGet()),
              Door.path("name", Grant.MANAGE));
          each.post(
              "/made",
              context -> {
                Permit.of(context).ask(new DatasetName(context.body()), Grant.MANAGE);
                context.result("" + done.incrementAndGet());
              },
              Door.asks("it", Grant.MANAGE));
          each.post(
              "/ask",
              context -> {
                if (context.body().equals("hold")) {
                  hold.await();
                }
                context.result(new byte[400]);
                Allowance.of(context)
                    .returning(OutputStream.nullOutputStream())
                    .write(new byte[400]);
              },
              Door.query());
        };
    LimitsConfig limits = new LimitsConfig(Quota.NONE, Map.of("bob", new Quota(5, 1, 600, 0, 0)));
    server =
        LakehouseServer.start(
            new ServerConfig("127.0.0.1", 0, TlsConfig.OFF, limits),
            Security.of(new AuthConfig(true, Map.of("ann", KEY, "bob", "bobs-key-0123456789")))
                .with(kept),
            List.of(routes),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    hold.countDown();
    server.close();
  }

  private HttpResponse<String> ask(String line, String body)
      throws IOException, InterruptedException {
    return http.send(request(line, body, KEY), BodyHandlers.ofString());
  }

  private HttpRequest request(String line, String body, String key) {
    String[] words = line.split(" ", 2);
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + words[1]))
        .header("X-API-Key", key)
        .method(words[0], HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  @Test
  void whatChangesSomethingIsKeptBeforeItIsDone() throws Exception {
    assertThat(ask("DELETE /d/sales", "").statusCode()).isEqualTo(200);
    assertThat(ask("POST /made", "orders").statusCode()).isEqualTo(200);
    await().until(() -> kept.of(AuditPhase.FINISHED).size() == 2);
    List<AuditRecord> admitted = kept.of(AuditPhase.ADMITTED);
    assertThat(admitted)
        .extracting(AuditRecord::getAction)
        .containsExactly("DELETE /d/{name}", "POST /made");
    assertThat(admitted)
        .extracting(AuditRecord::getTables)
        .containsExactly(List.of("sales"), List.of("orders"));
    assertThat(admitted).extracting(AuditRecord::getPrincipal).containsOnly("ann");
    assertThat(admitted.get(0).getDetail()).isEqualTo("/d/sales");
    assertThat(kept.of(AuditPhase.FINISHED))
        .extracting(AuditRecord::getId)
        .containsExactlyElementsOf(admitted.stream().map(AuditRecord::getId).toList());
    ask("GET /d/sales", "");
    ask("GET /raw/sales", "");
    await().until(() -> kept.of(AuditPhase.FINISHED).size() == 3);
    assertThat(kept.of(AuditPhase.ADMITTED).get(2).getAction()).isEqualTo("GET /raw/{name}");
  }

  @Test
  void withoutTheAuditNothingIsDone() throws Exception {
    kept.broken = true;
    for (String line : List.of("DELETE /d/sales", "POST /made", "GET /raw/sales")) {
      HttpResponse<String> answer = ask(line, "sales");
      assertThat(answer.statusCode()).as(line).isEqualTo(503);
      assertThat(answer.body()).contains("audit_unavailable");
    }
    assertThat(done).hasValue(0);
  }

  @Test
  void refusalsAreKept() throws Exception {
    http.send(request("GET /d/sales", "", "a-wrong-key-4711"), BodyHandlers.ofString());
    AuditRecord refused =
        await().until(() -> kept.of(AuditPhase.REFUSED), each -> !each.isEmpty()).get(0);
    assertThat(refused.getPrincipal()).isEqualTo("anonymous");
    assertThat(refused.getCode()).isEqualTo("unauthorized");
    assertThat(refused.getStatus()).isEqualTo(401);
    assertThat(refused.toString()).doesNotContain("a-wrong-key");
  }

  @Test
  void whoAsksForTooMuchIsToldWhatItIs() throws Exception {
    CompletableFuture<HttpResponse<String>> held =
        http.sendAsync(
            request("POST /ask", "hold", "bobs-key-0123456789"), BodyHandlers.ofString());
    await()
        .untilAsserted(
            () -> assertThat(bob("POST /ask").body()).contains("\"limit\":\"concurrent_queries\""));
    hold.countDown();
    assertThat(held.join().statusCode()).isEqualTo(200);
    await()
        .until(
            () ->
                bob("POST /ask").statusCode() == 200
                    || bob("POST /ask").body().contains("returned_per_minute"));
    await()
        .untilAsserted(
            () ->
                assertThat(bob("POST /ask").body()).contains("\"limit\":\"returned_per_minute\""));
    HttpResponse<String> tooMany = bob("GET /doors");
    for (int i = 0; i < 90 && tooMany.statusCode() == 200; i++) {
      tooMany = bob("GET /doors");
    }
    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(tooMany.body()).contains("\"limit\":\"requests_per_second\"");
    assertThat(tooMany.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(ask("GET /doors", "").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> bob(String line) throws IOException, InterruptedException {
    return http.send(request(line, "x", "bobs-key-0123456789"), BodyHandlers.ofString());
  }
}
