package dev.lakehouse.schemas.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lakehouse.schemas.config.AuthConfig;
import dev.lakehouse.schemas.config.LimitsConfig;
import dev.lakehouse.schemas.config.ServerConfig;
import dev.lakehouse.schemas.config.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS by PEM files, and what becomes of it when they change. */
class TlsTest {
  @TempDir Path dir;

  private Path certificate;
  private Path key;

  @BeforeEach
  void files() throws Exception {
    certificate = dir.resolve("server.crt");
    key = dir.resolve("server.key");
    write("first");
  }

  /** Makes a certificate with the JDK's own tool and writes it and its key as PEM. */
  private void write(String name) throws Exception {
    Path store = dir.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=IP:127.0.0.1,DNS:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      made.load(in, "changeit".toCharArray());
    }
    place(key, "PRIVATE KEY", made.getKey("a", "changeit".toCharArray()).getEncoded());
    place(certificate, "CERTIFICATE", made.getCertificate("a").getEncoded());
  }

  private static void place(Path file, String what, byte[] der) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(
        next,
        "-----BEGIN "
            + what
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + what
            + "-----\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private LakehouseServer start() {
    return LakehouseServer.start(
        new ServerConfig(
            "127.0.0.1",
            0,
            new TlsConfig(certificate.toString(), key.toString()),
            LimitsConfig.NONE),
        Security.of(new AuthConfig(false, Map.of())),
        List.of(
            routes ->
                routes.get(
                    "/who",
                    context -> context.result(Caller.of(context).principal()),
                    Door.known())),
        Clock.systemUTC());
  }

  /** Who the server says it is, and what it answers. */
  private static String asked(int port, Path trusted) throws Exception {
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    try (var in = Files.newInputStream(trusted)) {
      authorities.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      String subject =
          ((X509Certificate) socket.getSession().getPeerCertificates()[0])
              .getSubjectX500Principal()
              .getName();
      socket
          .getOutputStream()
          .write(
              "GET /who HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      return subject
          + " "
          + new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void httpsIsSpokenAndCertificatesAreRenewed() throws Exception {
    try (LakehouseServer server = start()) {
      assertThat(asked(server.port(), certificate))
          .startsWith("CN=first HTTP/1.1 200")
          .contains("Strict-Transport-Security", "X-Content-Type-Options: nosniff")
          .endsWith("local");
      try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        plain.setSoTimeout(5_000);
        plain
            .getOutputStream()
            .write("GET /who HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
            .doesNotContain("HTTP/1.1 200", "local");
      }

      write("second");
      await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(100))
          .ignoreExceptions()
          .until(() -> asked(server.port(), certificate).startsWith("CN=second"));
      Path good = Files.copy(certificate, dir.resolve("good.crt"));
      place(key, "PRIVATE KEY", new byte[] {1, 2, 3});
      Files.writeString(certificate, "nothing");
      await()
          .during(Duration.ofMillis(1_500))
          .atMost(Duration.ofSeconds(5))
          .pollInterval(Duration.ofMillis(250))
          .until(() -> asked(server.port(), good).startsWith("CN=second"));
    }
  }

  @Test
  void filesThatCannotBeUsedStopTheStart() throws Exception {
    Files.writeString(
        key, "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0\n-----END EC PRIVATE KEY-----\n");
    assertThatThrownBy(this::start)
        .hasMessageContaining("server.tls cannot be used")
        .hasMessageContaining("pkcs8")
        .hasMessageNotContaining("c2VjcmV0");
  }
}
