package dev.lakehouse.local.process;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What {@code lakehouse status} shows. */
final class StatusPage {
  private final String version;
  private final Instant since;
  private final String dataDir;
  private final Map<String, Integer> ports;
  private final Checkup checkup;
  private final Metrics.Lags datasets;

  StatusPage(
      String version,
      Instant since,
      String dataDir,
      Map<String, Integer> ports,
      Checkup checkup,
      Metrics.Lags datasets) {
    this.version = version;
    this.since = since;
    this.dataDir = dataDir;
    this.ports = ports;
    this.checkup = checkup;
    this.datasets = datasets;
  }

  /**
   * The answer of {@code GET /status}.
   *
   * @param since when it was ready
   * @param ports where the parts of this process listen
   */
  record Status(
      String version,
      long pid,
      Instant since,
      String dataDir,
      Map<String, Integer> ports,
      HealthReport health,
      List<DatasetStatus> datasets) {}

  Status now() {
    return new Status(
        version,
        ProcessHandle.current().pid(),
        since,
        dataDir,
        ports,
        checkup.report(),
        datasets.now());
  }
}
