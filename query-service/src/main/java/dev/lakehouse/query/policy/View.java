package dev.lakehouse.query.policy;

import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.name.DatasetName;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one caller sees, under the policies of one moment. */
public interface View {
  /** Everything. */
  View OPEN =
      new View() {
        @Override
        public boolean reads(DatasetName dataset) {
          return true;
        }

        @Override
        public Seen seen(TableSnapshot table, ZoneId zone) {
          return Seen.WHOLE;
        }

        @Override
        public @Nullable String version() {
          return null;
        }
      };

  /** Whether there is such a dataset, as far as the caller may know. */
  boolean reads(DatasetName dataset);

  /**
   * What is seen of a dataset that the caller reads.
   *
   * @param zone in which the query understands times
   * @throws dev.lakehouse.schemas.http.ProblemException {@code policy_unfit} if what the policies
   *     say cannot be carried out on this state of the table, {@code policy_time_zone} if its
   *     meaning would depend on the zone
   */
  Seen seen(TableSnapshot table, ZoneId zone);

  /** Which policies these are; null if there are none, for authentication is off. */
  @Nullable String version();

  /** Those of the datasets that the caller may know of. */
  default List<DatasetName> known(List<DatasetName> datasets) {
    return datasets.stream().filter(this::reads).toList();
  }
}
