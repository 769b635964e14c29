package dev.lakehouse.schemas.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.config.AuthConfig;
import dev.lakehouse.schemas.config.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LakehouseServerTest {
  private static final ServerConfig ANY_PORT = new ServerConfig("127.0.0.1", 0);
  private static final AuthConfig OFF = new AuthConfig(false, Map.of());
  private static final AuthConfig ON =
      new AuthConfig(true, Map.of("alice", "alices-secret-key", "bob", "bobs-own-secret-key"));
  private static final List<Routes> ROUTES =
      List.of(
          routes -> {
            routes.get(
                "/who", context -> context.result(Caller.of(context).principal()), Door.known());
            routes.post(
                "/length",
                context -> context.result("" + context.bodyAsBytes().length),
                Door.known());
            routes.get("/health/ready", context -> context.result("ready"), Door.open());
            routes.get(
                "/broken",
                context -> {
                  throw new IllegalStateException("a secret of the inside");
                },
                Door.known());
            routes.get(
                "/refused",
                context -> {
                  throw Problem.of(422, "odd", "Odd", "it is odd")
                      .hint("make it even")
                      .with("line", 3)
                      .toException();
                },
                Door.known());
          });

  @Test
  void problemsNameThemselvesAndTheRequest() throws Exception {
    try (LakehouseServer server = LakehouseServer.start(ANY_PORT, OFF, ROUTES)) {
      JsonNode refused = body(server, "GET /refused", "X-Request-Id: r-1");
      assertThat(refused)
          .hasToString(
              "{\"type\":\"https://lakehouse.dev/problems/odd\",\"title\":\"Odd\",\"status\":422,"
                  + "\"code\":\"odd\",\"detail\":\"it is odd\",\"hint\":\"make it even\","
                  + "\"requestId\":\"r-1\",\"line\":3}");
      JsonNode broken = body(server, "GET /broken");
      assertThat(broken.get("status").asInt()).isEqualTo(500);
      assertThat(broken.toString()).doesNotContain("secret");
      assertThat(broken.get("requestId").asText()).isNotBlank();
      assertThat(body(server, "GET /nowhere").get("code").asText()).isEqualTo("not_found");
      assertThat(body(server, "DELETE /who").get("code").asText()).isEqualTo("method_not_allowed");
      assertThat(answer(server, "GET /refused")).contains("application/problem+json");
    }
  }

  @Test
  void withoutKeysEverybodyIsLocal() throws Exception {
    try (LakehouseServer server = LakehouseServer.start(ANY_PORT, OFF, ROUTES)) {
      assertThat(answer(server, "GET /who")).startsWith("HTTP/1.1 200").endsWith("local");
    }
  }

  @Test
  void keysOpenTheDoorForTheirPrincipalOnly() throws Exception {
    try (LakehouseServer server = LakehouseServer.start(ANY_PORT, ON, ROUTES)) {
      assertThat(answer(server, "GET /who")).startsWith("HTTP/1.1 401");
      assertThat(answer(server, "GET /who", "X-API-Key: wrong")).startsWith("HTTP/1.1 401");
      assertThat(answer(server, "GET /who", "X-API-Key: bobs-own-secret-key")).endsWith("bob");
      assertThat(answer(server, "GET /who", "Authorization: Bearer alices-secret-key"))
          .endsWith("alice");
      assertThat(answer(server, "GET /who", "Authorization: Basic alices-secret-key"))
          .startsWith("HTTP/1.1 401");
      assertThat(answer(server, "GET /nowhere")).startsWith("HTTP/1.1 401");
      assertThat(answer(server, "GET /health/ready")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aForeignPageCannotReachIn() throws Exception {
    try (LakehouseServer server = LakehouseServer.start(ANY_PORT, OFF, ROUTES)) {
      assertThat(answer(server, "GET /who", "Origin: https://evil.example"))
          .startsWith("HTTP/1.1 403");
      assertThat(answer(server, "GET /who", "Origin: null")).startsWith("HTTP/1.1 403");
      assertThat(answer(server, "GET /who", "Origin: http://localhost:3000"))
          .startsWith("HTTP/1.1 200");
      assertThat(raw(server, "GET /who HTTP/1.1\r\nHost: rebound.example\r\n"))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void everyLoopbackAddressIsItsOwnMachine() throws Exception {
    ServerConfig second = new ServerConfig("127.0.0.2", 0);
    try (LakehouseServer server = LakehouseServer.start(second, OFF, ROUTES)) {
      InetAddress address = InetAddress.getByName("127.0.0.2");
      String own = "127.0.0.2:" + server.port();
      assertThat(raw(server, address, get(own, ""))).startsWith("HTTP/1.1 200").endsWith("local");
      assertThat(raw(server, address, get(own, "Origin: http://" + own + "\r\n")))
          .startsWith("HTTP/1.1 200");
      assertThat(raw(server, address, get("rebound.example", ""))).startsWith("HTTP/1.1 403");
      assertThat(raw(server, address, get(own, "Origin: https://evil.example\r\n")))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void aBodyThatHardlyMovesIsNotWaitedFor() throws Exception {
    try (LakehouseServer server =
            LakehouseServer.start(ANY_PORT, OFF, ROUTES, Duration.ofSeconds(1));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      String head = "POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                out.write('x');
                out.flush();
                return in.available() > 0;
              });
      byte[] start = in.readNBytes(12);
      assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
      assertThat(answer(server, "GET /who")).startsWith("HTTP/1.1 200");
    }
  }

  private static String get(String host, String headers) {
    return "GET /who HTTP/1.1\r\nHost: " + host + "\r\n" + headers;
  }

  private static JsonNode body(LakehouseServer server, String line, String... headers)
      throws IOException {
    String answer = answer(server, line, headers);
    return LakehouseServer.json().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
  }

  private static String answer(LakehouseServer server, String line, String... headers)
      throws IOException {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return raw(server, line + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n" + more);
  }

  private static String raw(LakehouseServer server, String head) throws IOException {
    return raw(server, InetAddress.getLoopbackAddress(), head);
  }

  private static String raw(LakehouseServer server, InetAddress address, String head)
      throws IOException {
    try (Socket socket = new Socket(address, server.port());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
