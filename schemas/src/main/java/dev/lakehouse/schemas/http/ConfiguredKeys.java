package dev.lakehouse.schemas.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of {@code [auth.keys]}. Every one is compared, by digests of the same length under a
 * secret of this process, so that time tells nothing.
 */
final class ConfiguredKeys implements Keys {
  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec secret;
  private final Map<String, byte[]> digests = new LinkedHashMap<>();

  ConfiguredKeys(Map<String, String> keys) {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    secret = new SecretKeySpec(random, HMAC);
    keys.forEach((principal, key) -> digests.put(principal, digest(key)));
  }

  @Override
  public Optional<String> principal(String key) {
    byte[] given = digest(key);
    Optional<String> found = Optional.empty();
    for (Map.Entry<String, byte[]> each : digests.entrySet()) {
      if (MessageDigest.isEqual(each.getValue(), given)) {
        found = Optional.of(each.getKey());
      }
    }
    return found;
  }

  private byte[] digest(String key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(secret);
      return mac.doFinal(key.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
