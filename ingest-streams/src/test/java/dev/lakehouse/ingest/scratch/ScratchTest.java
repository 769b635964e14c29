package dev.lakehouse.ingest.scratch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.ingest.columnar.ColumnarFormat;
import dev.lakehouse.ingest.compress.Limits;
import dev.lakehouse.ingest.compress.Unpacked;
import dev.lakehouse.ingest.document.Ocr;
import dev.lakehouse.ingest.document.PdfFormat;
import dev.lakehouse.ingest.format.FileSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary files look at the room there is, and none is left behind. */
class ScratchTest {
  @TempDir Path dir;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Remote(byte[] bytes, Scratch scratch) implements FileSource {
    @Override
    public String name() {
      return "remote";
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  private Scratch withRoomFor(long bytes) throws IOException {
    AtomicLong left = new AtomicLong(bytes);
    return Scratch.open(
        dir,
        more -> {
          if (left.addAndGet(-more) < 0) {
            throw new NoRoomException("no room");
          }
        });
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatAKilledProcessLeftIsSwept() throws IOException {
    Files.writeString(dir.resolve("copy1.tmp"), "left");
    withRoomFor(0);
    assertNothingIsLeft();
  }

  @Test
  void aCopyThatHasNoRoomLeavesNothing() throws IOException {
    Scratch scratch = withRoomFor(2 << 20);
    Path whole = scratch.copy(new ByteArrayInputStream(new byte[1_500_000]), "a", ".tmp");
    assertThat(whole).hasSize(1_500_000);
    Files.delete(whole);
    assertThatThrownBy(() -> scratch.copy(new ByteArrayInputStream(new byte[3 << 20]), "a", ".tmp"))
        .isInstanceOf(NoRoomException.class);
    assertNothingIsLeft();
  }

  /** Else a full disk would be taken for a broken file. */
  @Test
  void formatsThatNeedACopyPassItOnThatThereIsNoRoom() throws IOException {
    Remote remote = new Remote("PK\u0003\u0004 or anything else".getBytes(UTF_8), withRoomFor(0));
    assertThatThrownBy(() -> Unpacked.of(remote, Map.of(), new Limits(1 << 20, 100)))
        .isInstanceOf(NoRoomException.class);
    assertThatThrownBy(() -> ColumnarFormat.parquet().profile(remote, Map.of()))
        .isInstanceOf(NoRoomException.class);
    assertThatThrownBy(() -> new PdfFormat(Ocr.none()).profile(remote, Map.of()))
        .isInstanceOf(NoRoomException.class);
    assertNothingIsLeft();
  }
}
