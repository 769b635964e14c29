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

  @Test
  void ofATableMostOfAShortStretchAndSomeOfALongOneIsLookedAt() {
    long looked = 0;
    for (long row = 0; row < 2L * CatalogTablePast.STRETCH; row++) {
      looked += CatalogTablePast.isLookedAt(row) ? 1 : 0;
    }
    assertThat(CatalogTablePast.isLookedAt(CatalogTablePast.STRETCH)).isTrue();
    assertThat(looked).isBetween(4400L, 4600L);
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
