package dev.lakehouse.ingest.compress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import dev.lakehouse.ingest.format.FileHead;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What was put around a file is taken off, or is refused with the reason. */
class UnpackedTest {
  private static final Limits LIMITS = new Limits(200L << 20, 1000);
  private static final byte[] CSV = "a,b\n1,2\n".repeat(20_000).getBytes(UTF_8);

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Memory(String name, byte[] bytes) implements FileSource {
    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes) {
        @Override
        public synchronized int available() {
          return 0;
        }
      };
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List.of(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] unpacked(String name, byte[] bytes, Map<String, String> options)
      throws IOException {
    try (InputStream in = Unpacked.of(new Memory(name, bytes), options, LIMITS).open()) {
      return in.readAllBytes();
    }
  }

  private static String code(byte[] bytes, Map<String, String> options) {
    return catchThrowableOfType(UnreadableFileException.class, () -> unpacked("x", bytes, options))
        .code();
  }

  @Test
  void whatIsNotCompressedIsLeftAlone() throws IOException {
    Memory plain = new Memory("a.csv", CSV);
    assertThat(Unpacked.of(plain, Map.of(), LIMITS)).isSameAs(plain);
  }

  @Test
  void eachCompressionComesOffAndItsExtensionToo() throws IOException {
    for (byte[] packed :
        List.of(gzip(CSV), Zstd.compress(CSV), zip(Map.of("a.csv", CSV)), gzip(gzip(CSV)))) {
      assertThat(unpacked("a.csv", packed, Map.of())).isEqualTo(CSV);
    }
    assertThat(Unpacked.of(new Memory("a.csv.GZ", gzip(CSV)), Map.of(), LIMITS).name())
        .isEqualTo("a.csv");
    assertThat(
            Unpacked.of(new Memory("b.zip", zip(Map.of("in/a.csv", CSV))), Map.of(), LIMITS).name())
        .isEqualTo("a.csv");
  }

  @Test
  void aZipWithinIsNotLookedIntoForItsHead() throws IOException {
    byte[] packed = gzip(zip(Map.of("a.csv", CSV)));
    assertThat(Unpacked.head(new FileHead("a.zip.gz", packed, true), Map.of())).isEmpty();
    assertThat(unpacked("a.zip.gz", packed, Map.of())).isEqualTo(CSV);
  }

  @Test
  void everyMemberAndFrameIsRead() throws IOException {
    assertThat(unpacked("x", concat(gzip(CSV), gzip(new byte[0]), gzip(CSV)), Map.of()))
        .isEqualTo(concat(CSV, CSV));
    assertThat(unpacked("x", concat(gzip(CSV), new byte[512]), Map.of())).isEqualTo(CSV);
    assertThat(unpacked("x", concat(Zstd.compress(CSV), Zstd.compress(CSV)), Map.of()))
        .isEqualTo(concat(CSV, CSV));
  }

  @Test
  void oneOfSeveralEntriesIsSaid() throws IOException {
    byte[] one =
        zip(Map.of("a.csv", CSV, "__MACOSX/._a.csv", new byte[9], ".DS_Store", new byte[9]));
    assertThat(unpacked("x.zip", one, Map.of())).isEqualTo(CSV);
    byte[] two = zip(Map.of("a.csv", CSV, "b.csv", CSV));
    assertThat(unpacked("x.zip", two, Map.of("entry", "b.csv"))).isEqualTo(CSV);
    assertThat(code(two, Map.of())).isEqualTo("several_entries");
    assertThat(code(two, Map.of("entry", "c.csv"))).isEqualTo("no_such_entry");
    assertThatThrownBy(() -> unpacked("x.zip", two, Map.of()))
        .hasMessageContaining("a.csv")
        .hasMessageContaining("b.csv");
    assertThat(code(zip(Map.of("empty/", new byte[0])), Map.of())).isEqualTo("empty_file");
    assertThat(code(zip(Map.of("[Content_Types].xml", CSV, "xl/a.xml", CSV)), Map.of()))
        .isEqualTo("unknown_format");
  }

  @Test
  void whatIsCutOffOrChangedIsSaid() throws IOException {
    byte[] random = new byte[100_000];
    new java.util.Random(1).nextBytes(random);
    for (byte[] packed :
        List.of(gzip(random), Zstd.compress(random), zip(Map.of("a.csv", random)))) {
      assertThat(code(Arrays.copyOf(packed, packed.length / 2), Map.of()))
          .isEqualTo("corrupt_archive");
    }
    byte[] tail = gzip(random);
    assertThat(code(Arrays.copyOf(tail, tail.length - 3), Map.of())).isEqualTo("corrupt_archive");
    assertThat(code(concat(tail, CSV), Map.of())).isEqualTo("corrupt_archive");
    for (byte[] packed : List.of(gzip(random), zip(Map.of("a.csv", random)))) {
      packed[packed.length / 2] ^= 1;
      assertThat(code(packed, Map.of())).isEqualTo("corrupt_archive");
    }
  }

  @Test
  void bombsAreRefused() throws IOException {
    byte[] zeros = new byte[1 << 20];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < 100; i++) {
        out.write(zeros);
      }
    }
    assertThat(code(bytes.toByteArray(), Map.of())).isEqualTo("unpacks_too_large");
    assertThat(code(Zstd.compress(new byte[100 << 20]), Map.of())).isEqualTo("unpacks_too_large");
    assertThat(code(zip(Map.of("a", new byte[100 << 20])), Map.of()))
        .isEqualTo("unpacks_too_large");
    assertThatThrownBy(
            () ->
                Unpacked.of(new Memory("x", gzip(CSV)), Map.of(), new Limits(1000, 1000))
                    .open()
                    .readAllBytes())
        .hasMessageContaining("1000 bytes");
  }

  @Test
  void theHeadOfWhatIsInsideIsSeen() throws IOException {
    byte[] packed = gzip(CSV);
    FileHead half = new FileHead("a.csv.gz", Arrays.copyOf(packed, packed.length / 2), false);
    FileHead inner = Unpacked.head(half, Map.of()).orElseThrow();
    assertThat(inner.text()).startsWith("a,b\n1,2\n");
    assertThat(inner.name()).isEqualTo("a.csv");
    byte[] zip = zip(Map.of("a.csv", CSV));
    assertThat(Unpacked.head(new FileHead("a", Arrays.copyOf(zip, 50), false), Map.of())).isEmpty();
    assertThat(Unpacked.head(new FileHead("a", zip, true), Map.of()).orElseThrow().text())
        .startsWith("a,b\n");
  }

  @Test
  void namesInACodePageAreRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes, Charset.forName("IBM850"))) {
      for (String name : List.of("Umsätze/Größe.csv", "Umsätze/Übersicht.csv")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(CSV);
        out.closeEntry();
      }
    }
    assertThat(unpacked("windows.zip", bytes.toByteArray(), Map.of("entry", "Umsätze/Größe.csv")))
        .isEqualTo(CSV);
    assertThatThrownBy(() -> unpacked("windows.zip", bytes.toByteArray(), Map.of()))
        .hasMessageContaining("Umsätze/Größe.csv, Umsätze/Übersicht.csv");
  }
}
