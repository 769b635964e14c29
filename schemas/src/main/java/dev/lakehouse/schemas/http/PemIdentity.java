package dev.lakehouse.schemas.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lakehouse.schemas.config.TlsConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate with those it is signed by, and its key, as PEM files have them. */
final class PemIdentity {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");

  private PemIdentity() {}

  /**
   * Reads both into a key store without a password.
   *
   * @throws IOException if a file cannot be read or is no PEM; the message has no part of the key
   * @throws GeneralSecurityException if the key is not the certificate's, or of no kind that is
   *     known
   */
  static KeyStore read(TlsConfig tls) throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> chain;
    byte[] pem = Files.readAllBytes(Path.of(tls.certificate()));
    chain =
        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    if (chain.isEmpty()) {
      throw new IOException(tls.certificate() + " has no certificate");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "http", key(Path.of(tls.key())), new char[0], chain.toArray(Certificate[]::new));
    return store;
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher matcher = KEY.matcher(new String(Files.readAllBytes(file), US_ASCII));
    if (!matcher.find()) {
      throw new IOException(
          file
              + " has no key in PKCS #8 without a password; `openssl pkcs8 -topk8 -nocrypt` makes"
              + " one of others");
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
    for (String kind : KINDS) {
      Optional<PrivateKey> key = key(kind, encoded);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new GeneralSecurityException(file + " has a key that is neither RSA, EC nor EdDSA");
  }

  private static Optional<PrivateKey> key(String kind, PKCS8EncodedKeySpec encoded)
      throws GeneralSecurityException {
    try {
      return Optional.of(KeyFactory.getInstance(kind).generatePrivate(encoded));
    } catch (InvalidKeySpecException anotherKind) {
      return Optional.empty();
    }
  }
}
