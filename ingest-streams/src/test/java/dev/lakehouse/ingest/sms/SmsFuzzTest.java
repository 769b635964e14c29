package dev.lakehouse.ingest.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.document.Mutations;
import dev.lakehouse.ingest.document.TextFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Thousands of damaged archives: each message is read or set aside, or the file is refused. */
class SmsFuzzTest {
  private static final byte[] XML =
      """
      <?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
      <!--File Created By SMS Backup & Restore v10-->
      <?xml-stylesheet type="text/xsl" href="sms.xsl"?>
      <smses count="3">
      <sms address="+15550100" date="1704190272123" type="1" body="hi &#55357;&#56842; &amp; &lt;" />
      <sms address="+15550100" date='1704190300000' type="2" body='On "my" way 😊 é' />
      <mms date="1704190400000" msg_box="1" address="1~2"><parts><part seq="0" ct="image/jpeg"
       data="/9j/4AAQ" /><part ct="text/plain" text="Look" /></parts><addrs><addr address="2"
       type="137" /></addrs></mms><![CDATA[x]]></smses>
      """
          .getBytes(UTF_8);
  private static final byte[] TRANSCRIPT =
      """
      [2024-01-02, 10:11] Alice: Are you there?
      more of it
      12/31/23, 10:11\u202fPM - Bob: Yes 😊
      \u200e[02.01.24, 10:11:12] Alice: <Media omitted>
      31/12/2023, 22:11 - Bob left
      """
          .getBytes(UTF_8);

  @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
  void damagedArchivesAreReadOrRefused(@ForAll long seed) {
    one(seed);
  }

  @Property(tries = 30_000, shrinking = ShrinkingMode.OFF)
  @Tag("full")
  void manyMoreAreToo(@ForAll long seed) {
    one(seed);
  }

  private static void one(long seed) {
    Mutations.holds(new SmsFormat(), Mutations.of(XML, seed));
    Mutations.holds(new TranscriptFormat(), Mutations.of(TRANSCRIPT, seed));
    Mutations.holds(new TextFormat(), Mutations.of(TRANSCRIPT, seed));
  }
}
