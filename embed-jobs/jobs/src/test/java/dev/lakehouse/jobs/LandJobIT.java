package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.name.DatasetName;
import org.junit.jupiter.api.Test;

/** A topic becomes a table by itself. */
class LandJobIT {
  @Test
  void aProducersTopicGetsItsTable() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName before = fixture.dataset("before");
      fixture.createTopic(before, 3);
      fixture.send(before, 0, 500);
      fixture.land();
      fixture.awaitIds(before, 500);

      DatasetName after = fixture.dataset("after");
      fixture.createTopic(after, 1);
      fixture.send(after, 0, 1);
      fixture.awaitIds(after, 1);
      fixture.send(before, 500, 700);
      fixture.awaitIds(before, 700);
      assertThat(fixture.catalog.datasets()).contains(before, after);
    }
  }
}
