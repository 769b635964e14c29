package dev.lakehouse.local.process;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** What the process counts, as Prometheus reads it. */
final class Metrics implements AutoCloseable {
  /** Prometheus' text format. */
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MultiGauge behind =
      MultiGauge.builder("lakehouse.landing.behind")
          .description("records of a dataset that are not in its table yet")
          .baseUnit("records")
          .register(registry);
  private Lags lags = List::of;

  /** Where the lags come from. */
  @FunctionalInterface
  interface Lags {
    /** How far each dataset's landing is now. */
    List<DatasetStatus> now();
  }

  Metrics() {
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  MeterRegistry registry() {
    return registry;
  }

  /** Reports the datasets' lags with every scrape from now on. */
  void watch(Lags source) {
    lags = source;
  }

  String scrape() {
    behind.register(
        lags.now().stream()
            .map(each -> MultiGauge.Row.of(Tags.of("dataset", each.dataset()), each.behind()))
            .toList(),
        true);
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
