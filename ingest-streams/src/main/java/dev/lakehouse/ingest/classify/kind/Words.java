package dev.lakehouse.ingest.classify.kind;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The word lists beside this class, and how words are made alike before they are looked up. */
final class Words {
  static final Set<String> GIVEN = load("given-names.txt", "given-names-of-languages.txt");
  static final Set<String> SURNAMES = load("surnames.txt");
  static final Set<String> MEDICAL = load("medical-terms.txt");

  /** Names that are rarer, and more often something else. */
  static final Set<String> MORE_GIVEN = load("more-given-names.txt");

  static final Set<String> MORE_SURNAMES = load("more-surnames.txt");

  private Words() {}

  /** Lower case without accents; letters that do not decompose are written as people do. */
  static String fold(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = c < 128;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (plain) {
      return lower;
    }
    String bare = Normalizer.normalize(lower, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
    return Normalizer.normalize(bare, Normalizer.Form.NFC)
        .replace("ß", "ss")
        .replace("ø", "o")
        .replace("ł", "l")
        .replace("æ", "ae")
        .replace("œ", "oe")
        .replace("đ", "d")
        .replace("ı", "i")
        .replace("þ", "th")
        .replace("ð", "d");
  }

  static List<String> lines(String resource) {
    try (InputStream in = Words.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not beside " + Words.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> load(String... resources) {
    Set<String> words = new HashSet<>();
    for (String resource : resources) {
      lines(resource).stream()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> words.addAll(Arrays.asList(fold(line).split(" "))));
    }
    words.remove("");
    return words;
  }
}
