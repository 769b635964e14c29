package dev.lakehouse.ingest.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lakehouse.ingest.format.FileFormat;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages files as transfers, programs and people do. */
public final class Mutations {
  private static final List<String> NUMBERS =
      List.of("0", "-1", "1", "65536", "2147483647", "4294967296", "9223372036854775807");
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Mutations() {}

  /** The file with one to eight damages, the same for the same seed. */
  public static byte[] of(byte[] file, long seed) {
    Random random = new Random(seed);
    byte[] damaged = file;
    for (int i = random.nextInt(8); i >= 0 && damaged.length > 1; i--) {
      damaged = damage(damaged, random);
    }
    return damaged;
  }

  private static byte[] damage(byte[] file, Random random) {
    int at = random.nextInt(file.length);
    int length = Math.min(file.length - at, 1 + random.nextInt(64));
    byte[] copy = file.clone();
    switch (random.nextInt(7)) {
      case 0 -> copy[at] = (byte) random.nextInt(256);
      case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> Arrays.fill(copy, at, at + length, (byte) 0);
      case 3 -> {
        return spliced(file, at, at + length, new byte[0]);
      }
      case 4 -> {
        return spliced(file, at, at, Arrays.copyOfRange(file, at, at + length));
      }
      case 5 -> {
        return random.nextInt(4) == 0 ? Arrays.copyOf(file, at) : number(file, at, random);
      }
      default -> {
        int from = random.nextInt(file.length);
        int until = Math.min(file.length, from + length);
        return spliced(file, at, at + length, Arrays.copyOfRange(file, from, until));
      }
    }
    return copy;
  }

  /** Another number in the place of the next one. */
  private static byte[] number(byte[] file, int at, Random random) {
    int from = at;
    while (from < file.length && (file[from] < '0' || file[from] > '9')) {
      from++;
    }
    int until = from;
    while (until < file.length && file[until] >= '0' && file[until] <= '9') {
      until++;
    }
    String number = NUMBERS.get(random.nextInt(NUMBERS.size()));
    return spliced(file, from, until, number.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] spliced(byte[] file, int from, int until, byte[] instead) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + instead.length);
    out.write(file, 0, from);
    out.writeBytes(instead);
    out.write(file, until, file.length - until);
    return out.toByteArray();
  }

  /** Every row of the file is one thing or the other, or the file is refused; in finite time. */
  public static void holds(FileFormat format, byte[] file) {
    assertTimeoutPreemptively(
        LONGEST,
        () -> {
          try {
            Reading reading = Reading.of(format, "x", file);
            assertThat((long) reading.rows().size() + reading.misfits().size())
                .isEqualTo(reading.profile().rows());
          } catch (UnreadableFileException e) {
            assertThat(e.code()).isNotBlank();
            assertThat(e).message().isNotBlank();
            assertThat(e.hint()).isNotBlank();
          }
        });
  }
}
