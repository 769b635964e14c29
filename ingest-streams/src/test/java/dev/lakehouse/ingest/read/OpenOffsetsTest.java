package dev.lakehouse.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is committed of a partition never lies beyond a file that is not over. */
class OpenOffsetsTest {
  private static final TopicPartition P = new TopicPartition("files", 0);

  @Test
  void aFileThatEndsBeforeAnEarlierOneMovesNothing() {
    OpenOffsets places = new OpenOffsets();
    places.begin(P, 4);
    places.begin(P, 5);
    places.begin(P, 6);
    assertThat(places.without(P, 5)).isEqualTo(4);
    places.end(P, 5);
    assertThat(places.without(P, 4)).isEqualTo(6);
    places.end(P, 4);
    assertThat(places.without(P, 6)).isEqualTo(7);
  }

  @Test
  void whatIsNoFileIsPassedByWithTheNextThatEnds() {
    OpenOffsets places = new OpenOffsets();
    places.begin(P, 0);
    places.pass(P, 1);
    assertThat(places.without(P, 0)).isEqualTo(2);
    assertThat(places.without(new TopicPartition("files", 1), 9)).isEqualTo(10);
  }

  @Property(tries = 300)
  void nothingThatIsOpenIsEverBehindTheCommittedPlace(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int files) {
    Random random = new Random(seed);
    OpenOffsets places = new OpenOffsets();
    List<Long> open = new ArrayList<>();
    long next = 0;
    while (next < files || !open.isEmpty()) {
      if (next < files && (open.isEmpty() || (open.size() < 8 && random.nextBoolean()))) {
        if (random.nextInt(5) == 0) {
          places.pass(P, next);
        } else {
          places.begin(P, next);
          open.add(next);
        }
        next++;
      } else {
        long ending = open.remove(random.nextInt(open.size()));
        long committed = places.without(P, ending);
        assertThat(open).allMatch(place -> place >= committed);
        assertThat(committed).isEqualTo(open.stream().mapToLong(place -> place).min().orElse(next));
        places.end(P, ending);
      }
    }
  }
}
