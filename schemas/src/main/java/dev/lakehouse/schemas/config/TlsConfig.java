package dev.lakehouse.schemas.config;

import java.io.Serializable;

/**
 * {@code [server.tls]}: HTTPS in place of HTTP.
 *
 * @param certificate file of the certificate and those it is signed by, PEM; empty for HTTP
 * @param key file of its private key, PEM (PKCS #8, without a password)
 */
public record TlsConfig(String certificate, String key) implements Serializable {
  /** HTTP. */
  public static final TlsConfig OFF = new TlsConfig("", "");

  static TlsConfig from(Settings settings) {
    TlsConfig tls =
        new TlsConfig(
            settings.text("server.tls.certificate", ""), settings.text("server.tls.key", ""));
    if (tls.certificate.isEmpty() != tls.key.isEmpty()) {
      settings.mistake(
          tls.key.isEmpty() ? "server.tls.key" : "server.tls.certificate",
          "is missing; HTTPS needs a certificate and its key");
    }
    return tls;
  }

  /** Whether HTTPS is spoken. */
  public boolean enabled() {
    return !certificate.isEmpty();
  }
}
