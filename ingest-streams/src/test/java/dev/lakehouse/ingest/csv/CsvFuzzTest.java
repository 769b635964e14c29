package dev.lakehouse.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.csv.Dialect.Marks;
import dev.lakehouse.ingest.format.FileProfile;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.RowStream;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are: no crash, no hang, and every row is landed or quarantined. */
class CsvFuzzTest {
  private static final List<PollutedFile> SEEDS = PollutedFile.all();
  private static final String MARKS = "\"\"\"'',,;|\t\n\n\r\\ #\u0000\uFEFF€é-$%(.0";

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Memory(byte[] bytes) implements FileSource {
    @Override
    public String name() {
      return "a.csv";
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void mutatedFilesAreReadOrRefused(@ForAll long seed) {
    readOrRefused(seed);
  }

  @Tag("full")
  @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
  void manyMutatedFilesAreReadOrRefused(@ForAll long seed) {
    readOrRefused(seed);
  }

  private static void readOrRefused(long seed) {
    Random random = new Random(seed);
    byte[] bytes = mutated(SEEDS.get(random.nextInt(SEEDS.size())).bytes(), random);
    Assertions.assertTimeout(Duration.ofSeconds(20), () -> read(bytes));
  }

  private static void read(byte[] bytes) throws IOException {
    CsvFormat format = new CsvFormat();
    FileProfile profile;
    try {
      profile = format.profile(new Memory(bytes), Map.of());
    } catch (UnreadableFileException e) {
      assertThat(e.code()).isNotEmpty();
      assertThat(e.hint()).isNotEmpty();
      return;
    }
    SchemaEvolution.Evolved evolved =
        SchemaEvolution.evolve("fuzzed", Optional.empty(), profile.columns());
    long landed = 0;
    long quarantined = 0;
    try (RowStream rows =
        format.open(new Memory(bytes), profile.dialect(), evolved.schema(), evolved.fields())) {
      BinaryEncoder out = EncoderFactory.get().binaryEncoder(new ByteArrayOutputStream(), null);
      while (rows.next()) {
        if (rows.fit().isPresent()) {
          assertThat(rows.raw()).isNotEmpty();
          quarantined++;
        } else {
          rows.write(out);
          landed++;
        }
      }
    }
    assertThat(landed + quarantined).isEqualTo(profile.rows());
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed;
    for (int n = random.nextInt(6); n >= 0; n--) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, Random random) {
    int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + random.nextInt(200));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (random.nextInt(6)) {
      case 0 -> out.write(bytes, 0, from);
      case 1 -> {
        out.write(bytes, 0, from);
        out.write(bytes, to, bytes.length - to);
      }
      case 2 -> {
        out.write(bytes, 0, to);
        for (int i = random.nextInt(50); i >= 0; i--) {
          out.write(bytes, from, to - from);
        }
        out.write(bytes, to, bytes.length - to);
      }
      case 3 -> {
        out.write(bytes, 0, from);
        out.write(random.nextInt(256));
        out.write(bytes, from, bytes.length - from);
      }
      default -> {
        int mark = MARKS.codePointAt(random.nextInt(MARKS.length()));
        out.write(bytes, 0, from);
        out.writeBytes(Character.toString(mark).repeat(1 + random.nextInt(3)).getBytes(UTF_8));
        out.write(bytes, from, bytes.length - from);
      }
    }
    return out.toByteArray();
  }

  /** Blank lines apart, the records are the file: nothing is left out between them. */
  @Property(tries = 400)
  void noCharacterIsLost(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    String text =
        new String(mutated(SEEDS.get(random.nextInt(SEEDS.size())).bytes(), random), UTF_8);
    StringBuilder records = new StringBuilder();
    try (CsvRows rows = CsvRows.of(new StringReader(text), new Marks(",", "\"", "\\", ""))) {
      while (rows.next()) {
        records.append(rows.row().raw()).append('\n');
      }
    }
    assertThat(bare(records.toString())).isEqualTo(bare(text));
  }

  private static String bare(String text) {
    return text.replaceAll("[\\n\\r\\t ]", "");
  }

  @Test
  void quotesThatAreNeverClosedCostLittle() {
    for (String line : List.of("\"a\"\"b\n", "\"\"\"\"\"\"\n", "1,\"\n", "\"a\n")) {
      byte[] bytes = ("a,b\n" + line.repeat((4 << 20) / line.length())).getBytes(UTF_8);
      Assertions.assertTimeout(Duration.ofSeconds(60), () -> read(bytes));
    }
  }

  @Test
  void aLineWithoutAnEndIsOneRow() {
    byte[] bytes = ("a,b\n" + "x".repeat(20 << 20) + "\n1,2\n").getBytes(UTF_8);
    Assertions.assertTimeout(Duration.ofSeconds(60), () -> read(bytes));
  }
}
