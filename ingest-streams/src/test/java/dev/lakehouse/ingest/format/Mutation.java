package dev.lakehouse.ingest.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Files damaged at random, the same way for the same seed, and what must hold of any file. */
public final class Mutation {
  private static final int MOST_STEPS = 4;
  private static final int LONGEST_PIECE = 64;
  private static final byte[] TELLING = "{}[]\",:\\\n\r 09-.eEtfn\u0000\u007f".getBytes(UTF_8);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Mutation() {}

  /** A damaged copy. */
  public static byte[] of(byte[] file, long seed) {
    Random random = new Random(seed);
    byte[] damaged = file.clone();
    for (int steps = 1 + random.nextInt(MOST_STEPS); steps > 0 && damaged.length > 1; steps--) {
      damaged = step(damaged, random);
    }
    return damaged;
  }

  private static byte[] step(byte[] file, Random random) {
    int at = random.nextInt(file.length);
    int length = Math.min(file.length - at, 1 + random.nextInt(LONGEST_PIECE));
    switch (random.nextInt(6)) {
      case 0 -> {
        return Arrays.copyOf(file, at);
      }
      case 1 -> {
        file[at] ^= (byte) (1 << random.nextInt(8));
        return file;
      }
      case 2 -> {
        file[at] = (byte) random.nextInt(256);
        return file;
      }
      case 3 -> {
        file[at] = TELLING[random.nextInt(TELLING.length)];
        return file;
      }
      case 4 -> {
        return joined(file, 0, at, at + length, file.length);
      }
      default -> {
        return joined(file, 0, at + length, at, file.length);
      }
    }
  }

  private static byte[] joined(byte[] file, int from, int to, int again, int end) {
    byte[] joined = new byte[to - from + end - again];
    System.arraycopy(file, from, joined, 0, to - from);
    System.arraycopy(file, again, joined, to - from, end - again);
    return joined;
  }

  /**
   * Reads the file in bounded time: it is refused with a reason, or each of its rows is a record or
   * a misfit, and reading it again gives the same.
   */
  public static void mustBeReadOrRefused(FileFormat format, byte[] file) {
    assertTimeoutPreemptively(
        LONGEST,
        () -> {
          try {
            FormatReading first = read(format, file);
            assertThat(first.rows().size() + first.misfits().size())
                .isEqualTo((int) first.profile().rows());
            assertThat(first.raw()).doesNotContainNull();
            FormatReading second = read(format, file);
            assertThat(second.profile()).isEqualTo(first.profile());
            assertThat(second.rows()).isEqualTo(first.rows());
            assertThat(second.misfits()).isEqualTo(first.misfits());
          } catch (UnreadableFileException refused) {
            assertThat(refused.code()).matches("[a-z_]+");
            assertThat(refused).message().isNotBlank();
            assertThat(refused.hint()).isNotBlank();
          }
        });
  }

  private static FormatReading read(FileFormat format, byte[] file) throws IOException {
    return FormatReading.of(format, file, Map.of(), Optional.empty());
  }
}
