package dev.lakehouse.schemas.http;

import dev.lakehouse.schemas.config.TlsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTPS by PEM files. When they change, new connections get the new certificate; files that cannot
 * be used are told of in the log, and the former stay.
 */
final class TlsDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsDoor.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final TlsConfig tls;
  private final SslContextFactory.Server ssl = new SslContextFactory.Server();
  private final ScheduledExecutorService clock;
  private List<FileTime> read;

  private TlsDoor(TlsConfig tls) throws IOException, GeneralSecurityException {
    this.tls = tls;
    this.read = times();
    ssl.setKeyStore(PemIdentity.read(tls));
    ssl.setKeyStorePassword("");
    ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "tls-files");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        clock.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * @throws UncheckedIOException if the files cannot be used
   */
  static TlsDoor open(TlsConfig tls) {
    try {
      return new TlsDoor(tls);
    } catch (IOException | GeneralSecurityException e) {
      throw new UncheckedIOException(
          "server.tls cannot be used: " + e.getMessage(), new IOException(e));
    }
  }

  Connector connector(Server server, HttpConfiguration http, String host, int port) {
    HttpConfiguration secure = new HttpConfiguration(http);
    secure.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(ssl, HttpVersion.HTTP_1_1.asString()),
            new HttpConnectionFactory(secure));
    connector.setHost(host);
    connector.setPort(port);
    return connector;
  }

  private List<FileTime> times() throws IOException {
    return List.of(
        Files.getLastModifiedTime(Path.of(tls.certificate())),
        Files.getLastModifiedTime(Path.of(tls.key())));
  }

  private void look() {
    try {
      List<FileTime> now = times();
      if (!now.equals(read)) {
        read = now;
        var fresh = PemIdentity.read(tls);
        ssl.reload(factory -> factory.setKeyStore(fresh));
        LOG.info("the certificate of {} is in use", tls.certificate());
      }
    } catch (Exception e) {
      LOG.error("the certificate is not renewed; the former stays: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
