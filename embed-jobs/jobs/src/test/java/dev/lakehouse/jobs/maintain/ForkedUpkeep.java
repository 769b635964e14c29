package dev.lakehouse.jobs.maintain;

import java.nio.file.Path;
import java.util.Map;

/** The upkeep of a rig's table in a process of its own, that a fault may end. */
final class ForkedUpkeep {
  private ForkedUpkeep() {}

  public static void main(String[] args) {
    try (UpkeepRig rig = new UpkeepRig(Path.of(args[0]), Map.of())) {
      var unused = rig.maintain();
    }
  }
}
