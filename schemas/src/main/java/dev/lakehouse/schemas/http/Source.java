package dev.lakehouse.schemas.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where requests come from, as far as one sender can be told from another. */
final class Source {
  private static final int NETWORK_GROUPS = 4;
  private static final Pattern KEY = Pattern.compile("lhk_[0-9A-Za-z_]*");

  private Source() {}

  /** The address; of IPv6 the network, for who has one address there has 2^64. */
  static String of(String address) {
    if (!address.contains(":")) {
      return address;
    }
    List<String> groups = Arrays.asList(address.replaceAll("[\\[\\]]|%.*", "").split(":", -1));
    return groups.size() <= NETWORK_GROUPS
        ? address
        : groups.stream().limit(NETWORK_GROUPS).collect(Collectors.joining(":"));
  }

  /** A path as it may be written down: without keys that do not belong there. */
  static String shown(String path) {
    return KEY.matcher(path).replaceAll("lhk_…");
  }

  /** Stands for a key where the key itself must not be kept. */
  static String digest(String key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
