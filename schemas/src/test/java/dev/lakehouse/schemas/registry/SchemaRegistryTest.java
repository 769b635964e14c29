package dev.lakehouse.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that knows no schema, asked for many. */
class SchemaRegistryTest {
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private SchemaRegistry registry;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    registry =
        new SchemaRegistry(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Map.of());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void ask(int id) {
    assertThatThrownBy(() -> registry.byId(id)).isInstanceOf(RegistryException.UnknownSchema.class);
  }

  @Test
  void anUnknownIdIsNotAskedForAgainAtOnce() {
    ask(7);
    ask(7);
    assertThat(asked).hasValue(1);
  }

  @Test
  void onlySomeUnknownIdsAreRemembered() {
    for (int id = 0; id < SchemaRegistry.MOST_UNKNOWN + 500; id++) {
      ask(id);
    }
    assertThat(registry.unknownRemembered()).isEqualTo(SchemaRegistry.MOST_UNKNOWN);
  }
}
