package dev.lakehouse.ingest.classify.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells what one value looks like; knows nothing of its column. Keeps no state. */
public final class ValueRecogniser {
  private static final Set<String> EMPTY =
      Set.of(
          "",
          "-",
          "--",
          "n/a",
          "na",
          "null",
          "none",
          "nil",
          "unknown",
          "?",
          ".",
          "nan",
          "n.a.",
          "#n/a",
          "\\n",
          "tbd",
          "not available",
          "not provided",
          "undefined",
          "(null)",
          "void",
          "missing",
          "k.a.",
          "sin datos",
          "inconnu",
          "unbekannt",
          "redacted",
          "0000-00-00",
          "not specified");
  static final String EMAIL_WRITTEN =
      "[\\p{L}\\p{N}._%+'’-]{1,64}@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+[\\p{L}]{2,24}";
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?:mailto:)?(?:[^<>@]{0,60}<)?\\s?(?:"
              + EMAIL_WRITTEN
              + ")\\s?>?(?:\\s?[;,]\\s?"
              + EMAIL_WRITTEN
              + ")*");
  private static final Pattern GUID =
      Pattern.compile("\\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\}?");
  private static final Pattern URL =
      Pattern.compile(
          "(?i)(?:https?|ftp|s3|file|www\\.)[:/.]\\S+|(?:[a-z0-9-]+\\.)+(?:com|org|net|io|de|fr|uk|edu|gov)(?:/\\S*)?");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(?:\\d{1,3}(?:[,.'’ \u00a0\u202f]\\d{3})+|\\d+)(?:[.,]\\d+)?(?:[eE][+-]?\\d+)?");
  private static final Pattern MONEY =
      Pattern.compile(
          "(?:(?:[A-Z]{3}|Rp|RM|Rs\\.?|R|S/\\.?|Kč|kr\\.?|zł|Ft|Fr\\.?|Dhs?|[KTU]Sh)"
              + " ?|[A-Z]{0,2}[$€£¥₹₽₩₺₪฿₫₱₦₴₸৳] ?)[+-]?\\d[\\d,.'’ ]*(?:-|[kKmM])?(?:"
              + " ?[A-Z]{3})?|\\d[\\d,.'’ ]*(?:[kK])?"
              + " ?(?:[$€£¥₹₽₩₺₪฿₫₱₦₴₸৳]|[A-Z]{3}|TL|Rp|RM|DH|kr\\.?|kn|zł|Kč|Ft"
              + "|lei|din\\.?|лв\\.?|руб\\.?|грн|LPA|lakh|lac|[万萬億亿千]?[円元圓]|[万萬億亿]|[만천백]*원|만)");
  private static final Pattern SALARY =
      Pattern.compile(
          "(?i).{0,12}\\d[\\d,.'’ ]*k?.{0,16}?(?:/|per |an |a |pro |par |al |por |p\\.? ?)\\s?"
              + "(?:year|yr|y|annum|a\\.?|month|mo|kk|mån|mies|měs|hó|bulan|ay|måned|std|h|hour|hr|h|week|wk|day|jahr|monat|stunde|an|mois|heure|año|mes|hora|anno|mese|ano|uur|jaar|maand)\\b.{0,16}");
  private static final Pattern DOCUMENT = Pattern.compile("[\\dA-Za-z .\\-/]{4,27}");
  private static final Set<String> BOOLEANS =
      Set.of(
          "true", "false", "yes", "no", "y", "n", "t", "f", "ja", "nein", "oui", "non", "si", "0",
          "1");
  private static final int LONGEST = 4000;

  private ValueRecogniser() {}

  /** Whether a text stands for no value ({@code N/A}, {@code -}). */
  public static boolean isEmpty(String text) {
    String bare = text.strip();
    return bare.isEmpty() || (bare.length() <= 13 && EMPTY.contains(bare.toLowerCase(Locale.ROOT)));
  }

  /** Looks at one value, as text. */
  public static Marks look(String given) {
    String text = FoldedText.withAsciiDigits(given);
    String value = text.length() > LONGEST ? text.substring(0, LONGEST) : text.strip();
    int digits = 0;
    int letters = 0;
    int spaces = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (Character.isLetter(c)) {
        letters++;
      } else if (c == ' ' || c == '\n' || c == '\t') {
        spaces++;
      }
    }
    return new Look(value, digits, letters, spaces).marks();
  }

  private static final class Look {
    private final String value;
    private final int digits;
    private final int letters;
    private final int spaces;
    private final int length;
    private long signals;
    private List<String> schemes = List.of();
    private int year;
    private long region;
    private double number = Double.NaN;

    Look(String value, int digits, int letters, int spaces) {
      this.value = value;
      this.digits = digits;
      this.letters = letters;
      this.spaces = spaces;
      this.length = value.length();
    }

    Marks marks() {
      if (length > 0 && length <= 200) {
        special();
        if (digits > 0) {
          numeric();
        }
        if (letters > 0) {
          worded();
        }
      }
      add(
          Signal.RUNNING_TEXT,
          (spaces >= 3 && letters * 3 > length) || (length > 200 && spaces * 50 > length));
      if (length > 200 && Secrets.isSecret(value)) {
        add(Signal.SECRET);
      }
      return new Marks(signals, schemes, year, region, number);
    }

    private void special() {
      if (value.indexOf('@') > 0 && EMAIL.matcher(value).matches()) {
        add(Signal.EMAIL);
      }
      add(Signal.SECRET, length >= 16 && spaces < 3 && Secrets.isSecret(value));
      add(Signal.DIGEST, spaces == 0 && Secrets.isDigest(value));
      add(Signal.GUID, length >= 36 && GUID.matcher(value).matches());
      add(
          Signal.URL,
          letters > 3 && value.indexOf('.') > 0 && spaces == 0 && URL.matcher(value).matches());
      add(
          Signal.IP_6,
          value.indexOf(':') >= 0
              && letters <= 32
              && spaces == 0
              && IpAddresses.isSix(IpAddresses.host(value)));
      add(Signal.WORD_LIKE_PASSWORD, spaces == 0 && length >= 4 && length <= 64);
      add(
          Signal.PASSWORD_MIXED,
          spaces == 0 && length >= 6 && length <= 64 && Secrets.isMixed(value));
      add(Signal.CARD_MASKED, digits >= 4 && digits <= 8 && Payment.isMaskedCard(value));
      add(Signal.BOOLEAN, length <= 5 && BOOLEANS.contains(value.toLowerCase(Locale.ROOT)));
    }

    private void numeric() {
      if (letters == 0) {
        plainNumber();
        String host = IpAddresses.host(value);
        if (digits >= 4 && IpAddresses.isFour(host)) {
          add(Signal.IP_4);
          add(Signal.IP_4_SMALL, IpAddresses.isSmall(host));
        }
        if (digits >= 13 && digits <= 19 && Payment.isCardShaped(value)) {
          add(Signal.CARD_SHAPE);
          add(Signal.CARD, Payment.isCard(value));
        }
      }
      year = Dates.year(value);
      if (year > 0) {
        add(Signal.DATE);
        add(Signal.TIMESTAMP, Dates.hasTime(value));
      }
      add(Signal.IBAN, letters >= 2 && digits >= 10 && length <= 44 && Payment.isIban(value));
      if (digits >= 4 && length <= 24 && !has(Signal.GUID)) {
        add(Signal.DOCUMENT_SHAPE, DOCUMENT.matcher(value).matches());
        national();
      }
      if (!has(Signal.DATE) && !has(Signal.IP_4)) {
        add(Signal.PHONE_POSSIBLE, letters == 0 && Phones.isPossible(value, digits));
        phone();
      }
      postal();
      if ((letters >= 2 && spaces > 0) || value.charAt(0) > 0x2E80) {
        add(Signal.STREET, Addresses.isStreet(value));
      }
      add(Signal.STREET_WEAK, letters >= 3 && spaces > 0 && Addresses.isStreetLike(value));
      add(Signal.ICD, length >= 5 && length <= 9 && Health.isIcd(value));
      add(Signal.ICD_CATEGORY, length >= 3 && length <= 9 && Health.isIcdCategory(value));
      add(
          Signal.SALARY_TEXT,
          letters > 0 && spaces < 8 && length <= 60 && SALARY.matcher(value).matches());
    }

    private void plainNumber() {
      if (NUMBER.matcher(value).matches()) {
        add(Signal.NUMBER);
        boolean whole = value.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-');
        add(Signal.WHOLE_NUMBER, whole);
        try {
          String bare =
              value.replaceAll("['’ \u00a0\u202f]", "").replaceAll(",(?=\\d{3}(\\D|$))", "");
          number = Double.parseDouble(bare.replace(',', '.').replaceAll("\\.(?=\\d{3}\\.)", ""));
        } catch (NumberFormatException severalPoints) {
          number = Double.NaN;
        }
        if (whole && length == 4 && number >= 1900 && number <= 2030) {
          add(Signal.YEAR);
          year = (int) number;
        }
      } else if (MONEY.matcher(value).matches()) {
        add(Signal.MONEY);
      }
    }

    private void national() {
      List<NationalId> found = NationalIds.of(value);
      if (!found.isEmpty()) {
        schemes = new ArrayList<>(found.size());
        found.forEach(id -> schemes.add(id.name()));
        add(Signal.NATIONAL, found.stream().anyMatch(id -> id.chance() < 0.05));
      }
    }

    private void phone() {
      boolean ten =
          letters == 0
              || (letters <= 9 && value.matches(".*\\d\\s*(?i:x|ext\\.?|extension)\\s*\\d+"));
      if (!ten || digits < 6 || !Phones.isShaped(value, digits)) {
        return;
      }
      add(Signal.PHONE_SHAPE);
      if (Phones.isInternational(value)) {
        add(Signal.PHONE_INTERNATIONAL);
      } else if (digits == length) {
        boolean epochSeconds = digits == 10 && value.charAt(0) == '1';
        boolean telling = digits >= 10 || value.charAt(0) == '0';
        if (digits >= 8 && digits <= 12 && telling && !epochSeconds) {
          region = Phones.bareRegions(value);
          add(Signal.PHONE_BARE, region != 0);
        }
      } else {
        add(Signal.PHONE_LOCAL, digits >= 7 && Phones.isLocal(value));
      }
    }

    private void postal() {
      if (length >= 3 && length <= 10 && digits >= 1) {
        add(Signal.POSTAL_SHAPE, Addresses.isPostalShaped(value));
        add(Signal.POSTAL, letters > 0 && Addresses.isPostal(value));
        add(Signal.POSTAL_SEPARATED, letters == 0 && Addresses.isSeparatedPostal(value));
      }
    }

    private void worded() {
      if (digits == 0) {
        signals |= PersonNames.signals(value);
        add(
            Signal.STREET_WEAK,
            (spaces > 0 && Addresses.isStreetLike(value))
                || (has(Signal.NAME_SHAPE) && Addresses.isStreetLike(value)));
        add(Signal.STREET, value.charAt(0) > 0x2E80 && Addresses.isStreet(value));
      } else if (!has(Signal.MONEY)) {
        add(Signal.MONEY, length < 24 && MONEY.matcher(value).matches());
      }
      add(Signal.BLOOD, length <= 12 && Health.isBlood(value));
      add(Signal.MEDICAL_WORD, letters >= 3 && Health.hasWord(value));
    }

    private boolean has(Signal signal) {
      return (signals & signal.bit()) != 0;
    }

    private void add(Signal signal) {
      signals |= signal.bit();
    }

    private void add(Signal signal, boolean seen) {
      if (seen) {
        signals |= signal.bit();
      }
    }
  }
}
