package dev.lakehouse.ingest.classify.evidence;

import dev.lakehouse.schemas.event.PersonalKind;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;

/** Makes columns of random values, the same at every run. */
abstract class MadeColumns {
  private static final int[] SIZES = {6, 20, 120};

  final Random random;
  private final List<LabelledColumn> columns;

  /** Columns are added to a list, out of one source of random numbers for all. */
  MadeColumns(Random random, List<LabelledColumn> columns) {
    this.random = random;
    this.columns = columns;
  }

  /** Adds its columns. */
  abstract void make();

  final void add(PersonalKind kind, boolean held, String names, Function<Random, String> value) {
    for (String name : names.split("\\|", -1)) {
      for (int size : SIZES) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          boolean dirty = size > 6 && random.nextInt(14) == 0;
          values.add(dirty ? pick("", "N/A", "-", "unknown") : value.apply(random));
        }
        columns.add(new LabelledColumn(name, kind, held, values));
      }
    }
  }

  final void yes(PersonalKind kind, String names, Function<Random, String> value) {
    add(kind, false, names, value);
  }

  final void held(PersonalKind kind, String names, Function<Random, String> value) {
    add(kind, true, names, value);
  }

  final void no(String names, Function<Random, String> value) {
    add(PersonalKind.NONE, false, names, value);
  }

  final void noHeld(String names, Function<Random, String> value) {
    add(PersonalKind.NONE, true, names, value);
  }

  final String pick(String... of) {
    return of[random.nextInt(of.length)];
  }

  final String digits(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(random.nextInt(10));
    }
    return text.toString();
  }

  final int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** The pattern with # as a digit, @ as a capital, % as a digit from 2 to 9. */
  final String form(String pattern) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      text.append(
          switch (c) {
            case '#' -> String.valueOf(random.nextInt(10));
            case '%' -> String.valueOf(between(2, 9));
            case '@' -> String.valueOf((char) ('A' + random.nextInt(26)));
            default -> String.valueOf(c);
          });
    }
    return text.toString();
  }

  final String luhn(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = body.charAt(body.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? digit * 2 / 10 + digit * 2 % 10 : digit;
    }
    return body + (10 - sum % 10) % 10;
  }

  final String iban(String country, int length) {
    String body = digits(length - 4);
    StringBuilder number = new StringBuilder(body);
    for (int i = 0; i < country.length(); i++) {
      number.append(country.charAt(i) - 'A' + 10);
    }
    int rest =
        98
            - new java.math.BigInteger(number + "00")
                .mod(java.math.BigInteger.valueOf(97))
                .intValue();
    return country + String.format(Locale.ROOT, "%02d", rest) + body;
  }

  final LocalDate day(int first, int last) {
    return LocalDate.of(between(first, last), between(1, 12), between(1, 28));
  }

  final String date(String pattern, int first, int last) {
    return day(first, last).format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
  }

  final String given() {
    return pick(
        "Emma",
        "Liam",
        "Olivia",
        "Noah",
        "Klaus",
        "Sabine",
        "Jürgen",
        "Chantal",
        "Pierre",
        "José",
        "María",
        "Giulia",
        "Lorenzo",
        "Sven",
        "Ingrid",
        "Agnieszka",
        "Piotr",
        "Dmitri",
        "Fatima",
        "Mohammed",
        "Priya",
        "Rahul",
        "Wei",
        "Hiroshi",
        "Yuki",
        "Chidi",
        "Thandi",
        "Zoltán",
        "Ana",
        "Matheus",
        "Nguyen",
        "Siobhan",
        "Eilidh",
        "Håkan",
        "Søren",
        "Margaret",
        "Dennis",
        "Tracy");
  }

  final String surname() {
    return pick(
        "Smith",
        "Jones",
        "Nguyen",
        "Müller",
        "Schneider",
        "Dubois",
        "Lefebvre",
        "García",
        "López",
        "Rossi",
        "Esposito",
        "Andersson",
        "Hansen",
        "Kowalski",
        "Nowak",
        "Ivanov",
        "Khan",
        "Hussein",
        "Sharma",
        "Patel",
        "Wang",
        "Tanaka",
        "Okafor",
        "Nkosi",
        "Nagy",
        "Silva",
        "Ferreira",
        "O'Brien",
        "MacDonald",
        "Lindqvist",
        "Thompson",
        "Baker",
        "Petrov",
        "Kowalczyk",
        "Yılmaz");
  }

  final String word() {
    return pick(
        "alpha", "blue", "harbor", "cedar", "metal", "widget", "panel", "bolt", "green", "urban",
        "solar", "vector", "copper", "matrix", "cotton", "velvet", "nylon", "signal", "orbit");
  }

  final String domain() {
    return word()
        + pick("mail", "net", "corp", "")
        + pick(".com", ".org", ".de", ".co.uk", ".fr", ".io");
  }
}
