package dev.lakehouse.schemas.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.schemas.access.Access;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.config.AuthConfig;
import dev.lakehouse.schemas.config.ServerConfig;
import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server asks before a route is, and of routes that ask themselves. */
class DoorsTest {
  private static final String ANN = "anns-key-0123456789";
  private static final String BOB = "bobs-key-0123456789";
  private static final AuthConfig KEYS = new AuthConfig(true, Map.of("ann", ANN, "bob", BOB));

  /** Ann may do everything; Bob may read sales. */
  private static final class Some implements Access {
    @Override
    public boolean allows(String principal, Grant grant, DatasetName dataset) {
      return principal.equals("ann")
          || (principal.equals("bob")
              && grant == Grant.READ
              && Set.of("sales", "gone").contains(dataset.value()));
    }

    @Override
    public boolean allowsAll(String principal, Grant grant) {
      return principal.equals("ann");
    }
  }

  /** A clock that stands until it is moved. */
  private static final class Hand extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final Hand clock = new Hand();
  private LakehouseServer server;

  @BeforeEach
  void start() {
    Routes routes =
        each -> {
          each.get("/d/{name}", context -> context.result("rows"), Door.path("name", Grant.READ));
          each.delete(
              "/d/{name}", context -> context.result("gone"), Door.path("name", Grant.MANAGE));
          each.get("/all", context -> context.result("all"), Door.all(Grant.READ));
          each.get("/who", context -> context.result(Caller.of(context).principal()), Door.known());
          each.get("/forgets", context -> context.result("secret"), Door.asks("it", Grant.RAW));
          each.get(
              "/asks",
              context -> {
                Permit.of(context).ask(new DatasetName("sales"), Grant.RAW);
                context.result("raw");
              },
              Door.asks("sales", Grant.RAW));
        };
    Security security = Security.of(KEYS).with(new Some());
    server =
        LakehouseServer.start(new ServerConfig("127.0.0.1", 0), security, List.of(routes), clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aRouteThatStatesNothingDoesNotStart() {
    Routes forgetful = routes -> routes.get("/open", context -> context.result("everything"));
    assertThatThrownBy(
            () ->
                LakehouseServer.start(
                    new ServerConfig("127.0.0.1", 0),
                    new AuthConfig(false, Map.of()),
                    List.of(forgetful)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GET /open states no door");
    Routes wide = routes -> routes.get("/wide", context -> context.result("all"), Door.open());
    assertThatThrownBy(
            () -> LakehouseServer.start(new ServerConfig("127.0.0.1", 0), KEYS, List.of(wide)))
        .hasMessageContaining("GET /wide is open");
  }

  @Test
  void everyRouteSaysWhatItNeeds() throws Exception {
    assertThat(answer("GET /doors", BOB))
        .endsWith(
            """
            {"doors":[\
            {"method":"GET","path":"/all","needs":"`read` on all datasets"},\
            {"method":"GET","path":"/asks","needs":"`raw` on sales"},\
            {"method":"DELETE","path":"/d/{name}","needs":"`manage` on the dataset"},\
            {"method":"GET","path":"/d/{name}","needs":"`read` on the dataset"},\
            {"method":"GET","path":"/doors","needs":"a key"},\
            {"method":"GET","path":"/forgets","needs":"`raw` on it"},\
            {"method":"GET","path":"/who","needs":"a key"}]}""");
  }

  @Test
  void grantsAreAskedBeforeTheRoute() throws Exception {
    assertThat(answer("GET /d/sales", BOB)).startsWith("HTTP/1.1 200").endsWith("rows");
    assertThat(answer("GET /d/s%61les", BOB)).startsWith("HTTP/1.1 200");
    assertThat(answer("DELETE /d/sales", BOB))
        .startsWith("HTTP/1.1 403")
        .contains("\"code\":\"forbidden\"", "\"grant\":\"manage\"");
    assertThat(answer("GET /all", BOB)).startsWith("HTTP/1.1 403").contains("on all datasets");
    assertThat(answer("GET /asks", BOB)).startsWith("HTTP/1.1 403").contains("\"grant\":\"raw\"");
    assertThat(answer("DELETE /d/sales", ANN)).startsWith("HTTP/1.1 200");
    assertThat(answer("GET /all", ANN)).startsWith("HTTP/1.1 200");
    assertThat(answer("GET /asks", ANN)).startsWith("HTTP/1.1 200");
  }

  @Test
  void whatOneHasNoGrantOnIsNotThere() throws Exception {
    for (String name : List.of("payroll", "nothing_of_the_kind", "Payroll", "..%2fsales")) {
      for (String method : List.of("GET", "DELETE")) {
        assertThat(answer(method + " /d/" + name, BOB))
            .as(method + " " + name)
            .matches(text -> text.startsWith("HTTP/1.1 404") || text.startsWith("HTTP/1.1 400"))
            .doesNotContain("rows", "gone\n");
      }
    }
    String hidden =
        answer("GET /d/payroll", BOB)
            .replaceAll("(?i)(x-request-id: |requestId\":\"|date: )[^\r\"]*", "");
    String absent =
        answer("GET /d/absents", BOB)
            .replaceAll("(?i)(x-request-id: |requestId\":\"|date: )[^\r\"]*", "");
    assertThat(hidden.replace("payroll", "absents")).isEqualTo(absent);
  }

  @Test
  void aRouteThatForgetsToAskAnswersNothing() throws Exception {
    assertThat(answer("GET /forgets", ANN))
        .startsWith("HTTP/1.1 500")
        .contains("withheld")
        .doesNotContain("secret");
  }

  @Test
  void headIsNoWayAroundADoor() throws Exception {
    assertThat(answer("HEAD /d/sales", BOB)).startsWith("HTTP/1.1 405");
    assertThat(answer("HEAD /d/sales", "wrong")).startsWith("HTTP/1.1 401");
  }

  @Test
  void aKeyIsOneHeaderAndNoPartOfTheAddress() throws Exception {
    assertThat(answer("GET /who?key=" + ANN + "&api_key=" + ANN + "&X-API-Key=" + ANN, ""))
        .startsWith("HTTP/1.1 401")
        .doesNotContain(ANN);
    assertThat(answer("GET /lhk_pasted_into_the_path", ANN))
        .startsWith("HTTP/1.1 404")
        .contains("/lhk_…")
        .doesNotContain("pasted");
    assertThat(raw("GET /who HTTP/1.1\r\nHost: x\r\nCookie: X-API-Key=" + ANN + "\r\n"))
        .startsWith("HTTP/1.1 4");
    String host = "GET /who HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    assertThat(raw(host + "X-API-Key: " + BOB + "\r\nX-API-Key: " + ANN + "\r\n"))
        .startsWith("HTTP/1.1 401")
        .contains("more than one key");
    assertThat(raw(host + "X-API-Key: " + BOB + "\r\nAuthorization: Bearer " + ANN + "\r\n"))
        .startsWith("HTTP/1.1 401");
    assertThat(raw(host + "X-API-Key: " + BOB + ", " + ANN + "\r\n")).startsWith("HTTP/1.1 401");
    assertThat(raw(host + "X-API-Key : " + ANN + "\r\n")).startsWith("HTTP/1.1 400");
    assertThat(raw(host + "X-API-Key:\r\n " + ANN + "\r\n")).startsWith("HTTP/1.1 400");
    assertThat(raw(host + "authorization: bearer " + ANN + "\r\n")).endsWith("ann");
  }

  @Test
  void oneRequestIsNotReadAsTwo() throws Exception {
    String host = "GET /who HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    String smuggled = "GET /who HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: " + ANN + "\r\n\r\n";
    assertThat(
            raw(
                "POST /who HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                    + smuggled.length()
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                    + smuggled))
        .startsWith("HTTP/1.1 400")
        .doesNotContain("ann");
    assertThat(raw(host.replace("GET", "POST") + "Content-Length: 5\r\nContent-Length: 0\r\n"))
        .startsWith("HTTP/1.1 400");
    assertThat(raw("GET /who HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n"))
        .startsWith("HTTP/1.1 400");
    assertThat(raw("GET /who HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "x".repeat(100_000) + "\r\n"))
        .startsWith("HTTP/1.1 431");
  }

  @Test
  void pathsThatAreTwoThingsAtOnceAreNone() throws Exception {
    for (String path :
        List.of(
            "/health/ready/..%2f..%2fwho",
            "/health/ready/../../who",
            "/health/ready;/../who",
            "//who",
            "/%2e%2e/who",
            "/health/ready%00",
            "/d/sales%2f..%2fpayroll")) {
      assertThat(answer("GET " + path, ""))
          .as(path)
          .matches(text -> text.startsWith("HTTP/1.1 40"))
          .doesNotContain("anonymous");
    }
  }

  @Test
  void whoTriesKeysIsSlowedDown() throws Exception {
    assertThat(answer("GET /who", BOB)).endsWith("bob");
    for (int i = 0; i < FailedAttempts.BURST; i++) {
      assertThat(answer("GET /who", "guess-number-" + i)).startsWith("HTTP/1.1 401");
    }
    assertThat(answer("GET /who", "one-more-guess"))
        .startsWith("HTTP/1.1 429")
        .contains("Retry-After: 1");
    assertThat(answer("GET /who", ANN)).as("not even a right guess").startsWith("HTTP/1.1 429");
    assertThat(answer("GET /who", BOB)).as("who was known before").endsWith("bob");
    clock.now = clock.now.plus(Duration.ofMillis(1_500));
    assertThat(answer("GET /who", ANN)).endsWith("ann");
    assertThat(answer("GET /who", "guess")).startsWith("HTTP/1.1 401");
    assertThat(answer("GET /who", "guess")).startsWith("HTTP/1.1 429");
  }

  @Test
  void aNetworkIsOneSource() {
    assertThat(Source.of("2001:db8:1:2:3:4:5:6")).isEqualTo(Source.of("2001:db8:1:2:ffff::1"));
    assertThat(Source.of("2001:db8:1:2:3:4:5:6")).isNotEqualTo(Source.of("2001:db8:1:3:3:4:5:6"));
    assertThat(Source.of("10.0.0.1")).isEqualTo("10.0.0.1");
  }

  private String answer(String line, String key) throws IOException {
    return raw(
        line
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + server.port()
            + "\r\n"
            + (key.isEmpty() ? "" : "X-API-Key: " + key + "\r\n"));
  }

  private String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
