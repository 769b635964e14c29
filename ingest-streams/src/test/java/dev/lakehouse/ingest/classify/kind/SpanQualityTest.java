package dev.lakehouse.ingest.classify.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Precision and recall of places in running text. A place counts as found if one of its kind
 * overlaps it. Persons' names and addresses are reported apart: they have no pattern.
 */
class SpanQualityTest {
  private static final Set<PersonalKind> APART =
      EnumSet.of(PersonalKind.PERSON_NAME, PersonalKind.ADDRESS);

  /** Texts with their places marked as [KIND:text]. */
  private static final List<String> TEXTS =
      List.of(
          "Hi, please send the invoice to [EMAIL:anna.schmidt@firma.de] before Friday.",
          "You can reach me at [PHONE:+1 212-555-0187] or by mail:"
              + " [EMAIL:bob_99@mail.example.org].",
          "Call [PERSON_NAME:Maria Gonzalez] on [PHONE:(415) 555-2671] after 5 pm.",
          "My card [CARD_NUMBER:4111 1111 1111 1111] was charged twice, order 4111-2222.",
          "Bitte überweisen Sie auf [IBAN:DE89 3704 0044 0532 0130 00], Betrag 120,50 EUR.",
          "The patient, [PERSON_NAME:John Miller], was diagnosed with [MEDICAL:diabetes] in 2019.",
          "SSN: [NATIONAL_ID:536-22-1234], DOB: [DATE_OF_BIRTH:04/12/1987].",
          "She was born on [DATE_OF_BIRTH:12 March 1984] and lives at [ADDRESS:221 Baker Street].",
          "Her salary is [SALARY:$85,000] and will rise next year.",
          "We pay [SALARY:€4,500 per month] plus bonus for this position.",
          "Login from [IP_ADDRESS:203.0.113.42] failed at 10:15:33, version 2.14.3 of the client.",
          "The password is [CREDENTIALS:Tr0ub4dor&3], please change it.",
          "Use the token [CREDENTIALS:ghp_abcdefghijklmnopqrstuvwxyz0123456789] for the build.",
          "Ship it to [ADDRESS:742 Evergreen Terrace], Springfield, zip code [POSTAL_CODE:97403].",
          "Unsere Adresse: [ADDRESS:Hauptstraße 12, 10115 Berlin], Telefon [PHONE:030 1234567].",
          "Mon numéro est le [PHONE:06 12 34 56 78] et j'habite [ADDRESS:12 rue de Rivoli], Paris.",
          "Regards, [PERSON_NAME:Peter Olsen]",
          "Dear [PERSON_NAME:Mrs. Thompson], your appointment is on 3 May at 14:30.",
          "Passport number [NATIONAL_ID:C01X00T47] expires in 2031.",
          "His NI number is [NATIONAL_ID:AB 12 34 56 C].",
          "Me llamo [PERSON_NAME:Carlos Ruiz] y mi DNI es [NATIONAL_ID:12345678Z].",
          "CPF [NATIONAL_ID:529.982.247-25], nascido em [DATE_OF_BIRTH:15/08/1990].",
          "IBAN [IBAN:GB29NWBK60161331926819] belongs to [PERSON_NAME:Fatima Khan].",
          "Prescribed [MEDICAL:metformin] and [MEDICAL:lisinopril], blood type [MEDICAL:AB+].",
          "The server 10.0.0.12 is ours; attacker came from [IP_ADDRESS:198.51.100.7].",
          "Ms [PERSON_NAME:Agnieszka Nowak] moved to [ADDRESS:ul. Marszałkowska 10] last week.",
          "Fax: [PHONE:+44 20 7946 0958]. Email [EMAIL:info@kanzlei-weber.at].",
          "My colleague [PERSON_NAME:Hiroshi Tanaka] earns [SALARY:$120k] a year.",
          "Contact [PERSON_NAME:Sven Lindqvist], [PHONE:+46 70 123 45 67].",
          "api_key=[CREDENTIALS:AKIAIOSFODNN7EXAMPLE] was committed by mistake.",
          "The meeting with [PERSON_NAME:Priya Sharma] about [MEDICAL:asthma] medication was"
              + " moved.",
          "Order 1002-33491 shipped on 2024-03-11 with UPS; total was $149.99 for 3 items.",
          "Release 10.4.2 fixes issue 48213; see https://example.org/a/b?c=12 for details.",
          "ISBN 978-3-16-148410-0 costs 24.90 and has 512 pages.",
          "The temperature was 21.5 degrees on Monday and 19 on Tuesday in San Francisco.",
          "Build a1b2c3d4e5f6 took 12:45 minutes on node-17 with 4096 MB of memory.",
          "GPS 52.520008, 13.404954 marks the entrance; gate opens 2023-2024 season.",
          "New York City and Los Angeles are the largest markets of the Western Division.",
          "Room 1204, floor 12, seats 350 people; contract 2021/4471 ends 31.12.2025.",
          "GUID 123e4567-e89b-12d3-a456-426614174000 was not found in table Orders.",
          "Hello, this is [PERSON_NAME:Laura Bennett] from accounting, my extension is 4412.",
          "Please call back [PERSON_NAME:Mr. Okafor] at [PHONE:(312) 555-0142] regarding invoice"
              + " 88213.",
          "Patient [PERSON_NAME:Sofia Rossi] reports [MEDICAL:migraine] since Tuesday; started on"
              + " [MEDICAL:sumatriptan] 50 mg.",
          "Customer wrote from [EMAIL:k.tanaka+jp@outlook.co.jp] that parcel 1Z999AA10123456784"
              + " never arrived.",
          "Delivery address: [ADDRESS:48 Elm Avenue, Apt 3], Boston, MA 02118.",
          "Wohnhaft in der [ADDRESS:Lindenallee 7], 50668 Köln, erreichbar unter [PHONE:+49 221"
              + " 1234567].",
          "Mein Name ist [PERSON_NAME:Katrin Vogel], geboren am [DATE_OF_BIRTH:03.07.1979].",
          "Adresse: [ADDRESS:25 avenue des Champs-Élysées], 75008 Paris. Tél. [PHONE:01 45 62 33"
              + " 44]",
          "[PERSON_NAME:Diego Fernández] vive en [ADDRESS:Calle de Alcalá 45] y su teléfono es"
              + " [PHONE:+34 612 345 678].",
          "Il signor [PERSON_NAME:Marco Bianchi] abita in [ADDRESS:Via Garibaldi 14], Milano; IBAN"
              + " [IBAN:IT60X0542811101000000123456].",
          "Her social security number is [NATIONAL_ID:219-09-9999] and her visa card is"
              + " [CARD_NUMBER:4539578763621486].",
          "DOB [DATE_OF_BIRTH:1975-11-23], passport no. [NATIONAL_ID:X1234567].",
          "User logged in from [IP_ADDRESS:185.220.101.4] using Firefox 115.0.2 at 09:12:44.",
          "Set password: [CREDENTIALS:S3cure!Pass99] for the new account.",
          "export AWS_ACCESS_KEY_ID=[CREDENTIALS:AKIAJ7QXWMZ4EXAMPLE5]",
          "He makes [SALARY:$95,000 a year] before tax.",
          "Offered salary: [SALARY:EUR 72,000] gross.",
          "Thanks, [PERSON_NAME:Megan]",
          "Best regards, [PERSON_NAME:Tom Harris]",
          "[PERSON_NAME:Angela Merkel] met [PERSON_NAME:Emmanuel Macron] in Berlin.",
          "Interview with [PERSON_NAME:Chinedu Okonkwo] scheduled for 4 June.",
          "My NHS number is [NATIONAL_ID:943 476 5919] and I have [MEDICAL:asthma].",
          "The Eiffel Tower is 330 metres tall and was finished in 1889.",
          "Invoice 2024-00123 for 1,250.00 EUR is due on 30 April 2024.",
          "The Ford Focus was serviced at 45,000 miles, part number 1234-567-890.",
          "Version 3.11.4 of Python runs on Windows Server 2019.",
          "General Electric and Goldman Sachs reported quarterly results.",
          "Please update the Order Management System before the Summer Release.",
          "Flight LH 454 departs at 10:40 from gate B24, seat 32A.",
          "Temperature rose from 12.4 to 18.9 degrees between March and April.",
          "Section 4.2.1 describes the protocol; see RFC 2616 for details.",
          "The match ended 3-2 after extra time, 45,612 people attended.",
          "SELECT count(*) FROM orders WHERE order_id = 1234567890;");

  private record Marked(String text, List<Span> spans) {}

  private static Marked read(String marked) {
    StringBuilder text = new StringBuilder();
    List<Span> spans = new ArrayList<>();
    int at = 0;
    while (true) {
      int open = marked.indexOf('[', at);
      if (open < 0) {
        return new Marked(text.append(marked.substring(at)).toString(), spans);
      }
      int colon = marked.indexOf(':', open);
      int close = marked.indexOf(']', colon);
      text.append(marked, at, open);
      int start = text.length();
      text.append(marked, colon + 1, close);
      spans.add(
          new Span(
              PersonalKind.valueOf(marked.substring(open + 1, colon)), start, text.length(), 1));
      at = close + 1;
    }
  }

  @Test
  void placesInRunningText() {
    Map<PersonalKind, int[]> counts = new EnumMap<>(PersonalKind.class);
    List<String> errors = new ArrayList<>();
    for (String marked : TEXTS) {
      Marked expected = read(marked);
      List<Span> found = SpanFinder.find(expected.text());
      for (Span span : expected.spans()) {
        boolean hit = found.stream().anyMatch(f -> f.kind() == span.kind() && f.overlaps(span));
        counts.computeIfAbsent(span.kind(), any -> new int[3])[hit ? 0 : 1]++;
        if (!hit) {
          errors.add("missed " + span.kind() + " in: " + expected.text());
        }
      }
      for (Span span : found) {
        if (expected.spans().stream().noneMatch(e -> e.kind() == span.kind() && e.overlaps(span))) {
          counts.computeIfAbsent(span.kind(), any -> new int[3])[2]++;
          errors.add(
              "wrong "
                  + span.kind()
                  + " '"
                  + expected.text().substring(span.start(), span.end())
                  + "' in: "
                  + expected.text());
        }
      }
    }
    int[] strict = new int[3];
    int[] apart = new int[3];
    StringBuilder report = new StringBuilder("places in running text\n");
    counts.forEach(
        (kind, count) -> {
          report.append(line(kind.name(), count));
          int[] sum = APART.contains(kind) ? apart : strict;
          for (int i = 0; i < 3; i++) {
            sum[i] += count[i];
          }
        });
    report.append(line("all but names", strict)).append(line("names, addresses", apart));
    errors.forEach(error -> report.append("  ").append(error).append('\n'));
    System.out.println(report);
    assertThat(recall(strict)).as("recall").isGreaterThanOrEqualTo(0.90);
    assertThat(precision(strict)).as("precision").isGreaterThanOrEqualTo(0.90);
    assertThat(recall(apart)).as("recall of names and addresses").isGreaterThanOrEqualTo(0.80);
    assertThat(precision(apart))
        .as("precision of names and addresses")
        .isGreaterThanOrEqualTo(0.80);
  }

  private static String line(String name, int[] count) {
    return String.format(
        Locale.ROOT,
        "  %-16s recall %.3f  precision %.3f  (%d places)%n",
        name,
        recall(count),
        precision(count),
        count[0] + count[1]);
  }

  private static double recall(int[] count) {
    return count[0] + count[1] == 0 ? 1 : (double) count[0] / (count[0] + count[1]);
  }

  private static double precision(int[] count) {
    return count[0] + count[2] == 0 ? 1 : (double) count[0] / (count[0] + count[2]);
  }
}
