package dev.lakehouse.ingest.classify.kind;

import java.util.regex.Pattern;

/** Keys, tokens and hashes of secrets by the forms in which they are issued. */
final class Secrets {
  static final String FORMS =
      "\\$2[abxy]?\\$\\d{2}\\$[./A-Za-z0-9]{53}|\\$argon2(?:id|i|d)\\$[A-Za-z0-9$=,+/.-]{20,}"
          + "|\\$[156]\\$(?:rounds=\\d+\\$)?[./A-Za-z0-9]{2,16}\\$[./A-Za-z0-9]{22,86}"
          + "|\\$(?:pbkdf2|scrypt|apr1|P|H)[-a-z0-9]*\\$[./A-Za-z0-9$=,+]{20,}"
          + "|pbkdf2(?:_sha\\d+|:sha\\d+:)[$:]?\\d*\\$[A-Za-z0-9+/=$]{10,}"
          + "|scrypt:\\d+:\\d+:\\d+\\$\\S{20,}|\\{S?SHA(?:256|512)?\\}[A-Za-z0-9+/=]{20,}"
          + "|eyJ[A-Za-z0-9_-]{5,}\\.eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]*"
          + "|(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}"
          + "|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20,}"
          + "|(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9]{16,}"
          + "|sk-(?:proj-|ant-)?[A-Za-z0-9_-]{20,}"
          + "|xox[abprs]-[A-Za-z0-9-]{10,}|AIza[0-9A-Za-z_-]{35}|ya29\\.[0-9A-Za-z_-]{20,}"
          + "|SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}|npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{30,}"
          + "|dop_v1_[a-f0-9]{64}|hf_[A-Za-z0-9]{30,}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|-----BEGIN"
          + " [A-Z ]*PRIVATE KEY-----[\\s\\S]*"
          + "|\\d{8,10}:AA[A-Za-z0-9_-]{33}"
          + "|[a-z][a-z0-9+]{2,12}://[^\\s:/@]{1,64}:[^\\s/@]{3,64}@[^\\s]+"
          + "|(?:jdbc:)?[a-z][a-z0-9+]{2,12}:[^\\s?&;]{1,200}[?&;](?:[^\\s]{0,200}[?&;])?"
          + "(?i:password|passwd|pwd)=[^\\s&;]{3,64}[^\\s]{0,200}";
  private static final String MARKS = "!@#$%^&*?+=~<>|§";
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?:Bearer )?(?:" + FORMS + ")|(?:Bearer|Basic|Token|Digest) [A-Za-z0-9+/=._~-]{16,}");
  private static final Pattern DIGEST =
      Pattern.compile(
          "(?:0x)?(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{56}|[0-9a-fA-F]{64}"
              + "|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})|(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}|[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=");

  private Secrets() {}

  /** Whether lower case, capitals, digits and the marks of passwords are mixed. */
  static boolean isMixed(String value) {
    int kinds = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      kinds |=
          c >= 'a' && c <= 'z'
              ? 1
              : c >= 'A' && c <= 'Z' ? 2 : c >= '0' && c <= '9' ? 4 : MARKS.indexOf(c) >= 0 ? 8 : 0;
    }
    return Integer.bitCount(kinds) >= 3;
  }

  static boolean isSecret(String value) {
    return value.length() >= 16 && WHOLE.matcher(value).matches();
  }

  static boolean isDigest(String value) {
    return value.length() >= 17 && DIGEST.matcher(value).matches();
  }
}
