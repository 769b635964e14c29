package dev.lakehouse.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A connection that breaks is opened again where it broke; one that stays broken is told. */
class ResumingStreamTest {
  private static final byte[] CONTENT = new byte[1000];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  private final List<Long> opened = new ArrayList<>();

  private InputStream from(long from, long breaksAfter, boolean quietly) {
    opened.add(from);
    InputStream rest = new ByteArrayInputStream(CONTENT, (int) from, (int) (CONTENT.length - from));
    return new FilterInputStream(rest) {
      private long left = breaksAfter;

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
          if (quietly) {
            return -1;
          }
          throw new SocketException("Connection reset");
        }
        int n = super.read(buffer, offset, (int) Math.min(length, left));
        left -= n;
        return n;
      }
    };
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws IOException {
    try (InputStream in = new ResumingStream(at -> from(at, 400, false), CONTENT.length)) {
      assertThat(in.readAllBytes()).isEqualTo(CONTENT);
    }
    assertThat(opened).containsExactly(0L, 400L, 800L);
  }

  @Test
  void anEndTooEarlyIsABreakToo() throws IOException {
    try (InputStream in = new ResumingStream(at -> from(at, 600, true), CONTENT.length)) {
      assertThat(in.readAllBytes()).isEqualTo(CONTENT);
    }
    assertThat(opened).containsExactly(0L, 600L);
  }

  @Test
  void givesUpWhenNothingComesAnyMore() throws IOException {
    try (InputStream in = new ResumingStream(at -> from(at, 0, false), CONTENT.length)) {
      assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
    }
    assertThat(opened).containsExactly(0L, 0L, 0L);
  }
}
