package dev.lakehouse.query.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * How a key looks: {@code lhk_}, the id that it is listed by, {@code _}, a secret of 43 digits to
 * the base 62 (256 bits), and six digits by which a mistyped one is told without a look-up, and a
 * leaked one by those who search for keys in texts.
 *
 * @param id 12 letters and digits
 * @param text all of it
 */
record KeyText(String id, String text) {
  static final String PREFIX = "lhk_";

  private static final String DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int ID = 12;
  private static final int SECRET = 43;
  private static final int CHECK = 6;
  private static final Pattern FORM =
      Pattern.compile("(lhk_([0-9A-Za-z]{12})_[0-9A-Za-z]{43})([0-9A-Za-z]{6})");

  static KeyText create(SecureRandom random) {
    String id = digits(random, ID);
    String body = PREFIX + id + "_" + digits(random, SECRET);
    return new KeyText(id, body + check(body));
  }

  /** What a request sent, if it is a key of ours by its looks. */
  static Optional<KeyText> of(String sent) {
    Matcher matcher = FORM.matcher(sent);
    return matcher.matches() && check(matcher.group(1)).equals(matcher.group(3))
        ? Optional.of(new KeyText(matcher.group(2), sent))
        : Optional.empty();
  }

  private static String digits(SecureRandom random, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return text.toString();
  }

  private static String check(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(US_ASCII));
    long rest = crc.getValue();
    StringBuilder text = new StringBuilder(CHECK);
    for (int i = 0; i < CHECK; i++) {
      text.append(DIGITS.charAt((int) (rest % DIGITS.length())));
      rest /= DIGITS.length();
    }
    return text.toString();
  }

  /** Does not print the secret. */
  @Override
  public String toString() {
    return PREFIX + id + "_…";
  }
}
