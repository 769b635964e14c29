package dev.lakehouse.ingest.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SamplingTest {
  @Test
  void slowRecordsAreAllLookedAtAndOfFastOnesSome() {
    AtomicLong nanos = new AtomicLong();
    Sampling sampling = new Sampling(nanos::get);
    assertThat(kept(sampling, Sampling.FULL_PER_SECOND)).isEqualTo(Sampling.FULL_PER_SECOND);
    int more = 100 * Sampling.ONE_IN;
    assertThat(kept(sampling, more)).isBetween(99, 101);
    nanos.addAndGet(1_000_000_000L);
    assertThat(kept(sampling, 10)).isEqualTo(10);
  }

  private static int kept(Sampling sampling, int records) {
    sampling.begin();
    int kept = 0;
    for (int i = 0; i < records; i++) {
      kept += sampling.keeps() ? 1 : 0;
    }
    return kept;
  }
}
