package dev.lakehouse.query;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that hardly reads gives its place to others, long before its query's time is up. */
class SlowClientIT {
  @Test
  void aClientThatReadsAByteASecondLosesItsPlace(@TempDir Path directory) throws Exception {
    try (Lake lake = Lake.in(directory, Map.of("query.concurrent", "1"));
        Socket slow = asks(lake, "")) {
      Samples.addTo(lake);
      InputStream answer = slow.getInputStream();
      assertThat(answer.read()).isEqualTo('H');
      CompletableFuture<String> next =
          CompletableFuture.supplyAsync(() -> lake.rows("SELECT count(*) FROM sales"));
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> answer.read() < 0 || next.isDone());
      assertThat(next.join()).isEqualTo("[[\"2000\"]]");
      assertThat(lake.meters().scrape()).contains("{outcome=\"hung_up\"}");
    }
  }

  @Test
  void aClientThatDoesNotReadIsNotWaitedForAfterTheDeadline(@TempDir Path directory)
      throws Exception {
    try (Lake lake = Lake.in(directory, Map.of("query.concurrent", "1"));
        Socket slow = asks(lake, ",\"timeoutMs\":500")) {
      assertThat(slow.getInputStream().read()).isEqualTo('H');
      long started = System.nanoTime();
      assertThat(lake.rows("SELECT 1")).isEqualTo("[[1]]");
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(30));
    }
  }

  /** Sends a query whose answer never ends. */
  private static Socket asks(Lake lake, String members) throws IOException {
    String body =
        "{\"sql\":\"SELECT a.n FROM UNNEST(sequence(1, 100000)) AS a(n), UNNEST(sequence(1,"
            + " 100000)) AS b(n)\",\"limit\":900000000"
            + members
            + "}";
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), lake.uri("/").getPort()));
    String head = "POST /query/sql HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length();
    socket.getOutputStream().write((head + "\r\n\r\n" + body).getBytes(US_ASCII));
    return socket;
  }
}
