package dev.lakehouse.ingest.sms;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.ingest.document.Reading;
import dev.lakehouse.ingest.format.FileHead;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmsFormatTest {
  private static final SmsFormat FORMAT = new SmsFormat();
  private static final String HEAD =
      """
      <?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
      <!--File Created By SMS Backup & Restore v10.19.005 on 01/02/2024 10:11:12-->
      <smses count="%d" backup_set="f3" backup_date="1704190272000" type="full">
      """;

  private static String archive(String... entries) {
    return HEAD.formatted(entries.length) + String.join("\n", entries) + "\n</smses>\n";
  }

  private static String sms(String attributes) {
    return "<sms protocol=\"0\" address=\"+15550100\" date=\"1704190272123\" type=\"1\""
        + " subject=\"null\" contact_name=\"Alice B\" "
        + attributes
        + " />";
  }

  private static Reading read(String xml) {
    return Reading.of(FORMAT, "sms.xml", xml.getBytes(UTF_8));
  }

  private static String body(String attribute) {
    return String.valueOf(
        read(archive(sms("body=\"" + attribute + "\""))).rows().get(0).get("body"));
  }

  @Test
  void whoeverWroteNullWroteIt() {
    assertThat(body("null")).isEqualTo("null");
  }

  @Test
  void messagesAreRows() {
    Reading reading =
        read(
            archive(
                sms("body=\"Are you there?&#10;Yes &amp; no\" readable_date=\"Jan 2, 2024\""),
                "<sms address=\"+15550100\" date=\"1704190300000\" type=\"2\" body=\"On my way\""
                    + " contact_name=\"(Unknown)\" />",
                "<mms date=\"1704190400000\" msg_box=\"1\" address=\"+15550100~+15550101\""
                    + " sub=\"Photos\" contact_name=\"null\"><parts>"
                    + "<part seq=\"-1\" ct=\"application/smil\" text=\"&lt;smil/&gt;\" />"
                    + "<part seq=\"0\" ct=\"image/jpeg\" data=\"/9j/4AAQ\" />"
                    + "<part seq=\"0\" ct=\"text/plain\" text=\"Look at this\" />"
                    + "<part seq=\"1\" ct=\"text/plain\" text=\"and this\" /></parts>"
                    + "<addrs><addr address=\"+15550101\" type=\"137\" charset=\"106\" />"
                    + "<addr address=\"+15550100\" type=\"151\" charset=\"106\" /></addrs></mms>"));
    assertThat(reading.misfits()).isEmpty();
    assertThat(reading.profile().rows()).isEqualTo(3);
    assertThat(reading.rows())
        .containsExactly(
            Map.of(
                "message", 1,
                "kind", "sms",
                "direction", "received",
                "time", 1704190272123000L,
                "sender", "+15550100",
                "address", "+15550100",
                "contact", "Alice B",
                "body", "Are you there?\nYes & no",
                "attachments", 0),
            Map.of(
                "message", 2,
                "kind", "sms",
                "direction", "sent",
                "time", 1704190300000000L,
                "address", "+15550100",
                "body", "On my way",
                "attachments", 0),
            Map.of(
                "message", 3,
                "kind", "mms",
                "direction", "received",
                "time", 1704190400000000L,
                "sender", "+15550101",
                "address", "+15550100~+15550101",
                "subject", "Photos",
                "body", "Look at this\nand this",
                "attachments", 1));
    assertThat(reading.texts()).hasSize(3);
    assertThat(reading.texts().get(2).text()).isEqualTo("Photos\nLook at this\nand this");
    assertThat(reading.texts().get(0).metadata())
        .containsEntry("sender", "+15550100")
        .containsEntry("time", "2024-01-02T10:11:12.123Z");
    assertThat(
            Reading.of(
                    FORMAT,
                    "sms.xml",
                    archive(sms("body=\"a\""), sms("body=\"b\"")).getBytes(UTF_8),
                    Map.of(),
                    1)
                .column("message"))
        .containsExactly(2);
  }

  @Test
  void callsAreRows() {
    Reading reading =
        read(
            "<calls count=\"1\"><call number=\"+15550100\" duration=\"65\" date=\"1704190272000\""
                + " type=\"3\" contact_name=\"Alice\" /></calls>");
    assertThat(reading.rows().get(0))
        .containsEntry("kind", "call")
        .containsEntry("direction", "missed")
        .containsEntry("duration", 65)
        .containsEntry("sender", "+15550100");
    assertThat(reading.texts()).isEmpty();
  }

  @Test
  void emojiSurviveAsTheAppWritesThem() {
    assertThat(body("hi &#55357;&#56842;!")).isEqualTo("hi 😊!");
    assertThat(body("&#xD83D;&#xDE0A;&#55357;&#56842;")).isEqualTo("😊😊");
    assertThat(body("&#128522; 😊 &amp;#55357;")).isEqualTo("😊 😊 &#55357;");
    assertThat(body("a&#55357;b")).isEqualTo("a\uFFFDb");
    assertThat(body("a&#56842;b&#55357;&#65;")).isEqualTo("a\uFFFDb\uFFFDA");
    assertThat(body("a&#0;b&#8;c\u0001d&#99999999;&#xFFFE;"))
        .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFD\uFFFD");
    assertThat(body("1 &lt; 2 &gt; 1 &quot;x&quot; &apos;")).isEqualTo("1 < 2 > 1 \"x\" '");
  }

  @Test
  void referencesSurviveAtEveryPlaceInTheBuffer() {
    for (int pad = 16_380 - 200; pad < 16_400; pad++) {
      assertThat(body(" ".repeat(pad) + "&#55357;&#56842;").strip()).isEqualTo("😊");
    }
  }

  @Test
  void attachmentsCostNoMemory() {
    String start =
        "<smses count='1'><mms date='1704190400000' msg_box='1' address='1'><parts>"
            + "<part seq='0' ct='video/mp4' data='";
    String end = "' /><part ct='text/plain' text='after' /></parts></mms></smses>";
    Reader endless =
        new Reader() {
          private final StringReader before = new StringReader(start);
          private final StringReader after = new StringReader(end);
          private long left = 1L << 30;

          @Override
          public int read(char[] into, int from, int length) throws java.io.IOException {
            int read = before.read(into, from, length);
            if (read >= 0) {
              return read;
            }
            if (left == 0) {
              return after.read(into, from, length);
            }
            int some = (int) Math.min(left, length);
            java.util.Arrays.fill(into, from, from + some, 'A');
            left -= some;
            return some;
          }

          @Override
          public void close() {}
        };
    try (XmlMessages messages = XmlMessages.of(endless)) {
      assertThat(messages.next())
          .get()
          .isInstanceOfSatisfying(
              MessageRows.Good.class,
              good -> {
                assertThat(good.message().body()).isEqualTo("after");
                assertThat(good.message().attachments()).isEqualTo(1);
              });
      assertThat(messages.next()).isEmpty();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aMessageWithoutADateIsSetAside() {
    Reading reading =
        read(
            archive(
                sms("body=\"a\""),
                "<sms address=\"1\" date=\"soon\" type=\"1\" body=\"b &lt;\"/>"));
    assertThat(reading.rows()).hasSize(1);
    assertThat(reading.misfits().get(0).reason())
        .isEqualTo("message 2: its date 'soon' is not in milliseconds");
    assertThat(new String(reading.raw().get(0), UTF_8))
        .contains("date=\"soon\"")
        .contains("body=\"b &lt;\"");
  }

  private static void refuses(String xml, String code) {
    assertThatThrownBy(() -> read(xml))
        .isInstanceOfSatisfying(
            UnreadableFileException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whatIsBrokenOrDangerousIsRefused() {
    refuses(archive(sms("body=\"a\"")).replace("</smses>", ""), "broken_xml");
    refuses("<html></html>", "not_sms");
    refuses("<smses><sms date=\"1\" body=\"&nothing;\"/></smses>", "broken_xml");
    refuses(
        """
        <!DOCTYPE smses [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
        <smses><sms date="1" body="&c;"/></smses>
        """,
        "xml_dtd");
    refuses("<!DOCTYPE smses SYSTEM \"file:///etc/passwd\"><smses/>", "xml_dtd");
    refuses(
        "<smses><sms date=\"1\" body=\"" + "x".repeat(MendedXml.LONGEST_TAG) + "\"/></smses>",
        "too_large");
  }

  @Test
  void anEmptyArchiveHasNoRows() {
    assertThat(read(archive()).rows()).isEmpty();
  }

  @Test
  void encodingsAreRead() {
    assertThat(
            Reading.of(
                    FORMAT,
                    "a",
                    archive(sms("body=\"Grüße\"")).replace("UTF-8", "UTF-16").getBytes(UTF_16))
                .column("body"))
        .isEqualTo(List.of("Grüße"));
    assertThatThrownBy(
            () ->
                Reading.of(
                    FORMAT,
                    "a",
                    archive(sms("body=\"Grüße\""))
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
        .isInstanceOf(UnreadableFileException.class);
  }

  @Test
  void archivesAreKnownByTheirRoot() {
    assertThat(FORMAT.claims(new FileHead("x", archive().getBytes(UTF_8), true))).isTrue();
    assertThat(FORMAT.claims(new FileHead("x", "<calls count='0'/>".getBytes(UTF_8), true)))
        .isTrue();
    assertThat(FORMAT.claims(new FileHead("x", "<rss><smses/></rss>".getBytes(UTF_8), true)))
        .isFalse();
  }
}
