package dev.lakehouse.local.process;

import dev.lakehouse.jobs.LandJob;
import dev.lakehouse.jobs.MaintainJob;
import dev.lakehouse.local.process.FlinkRest.Job;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job of ours on a Flink cluster that is not ours: submitted where none of its name runs, and
 * again when it has ended. It goes on when this process ends.
 */
final class ExternalFlink implements HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ExternalFlink.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final String url;
  private final FlinkRest rest;
  private final JobsJar jar;
  private final String component;
  private final String name;
  private final Class<?> main;
  private final int parallelism;
  private final LakehouseConfig config;
  private final Clock clock;

  /**
   * The id of the job that is submitted next. It stays the same until a job of that id is seen, so
   * that a submission whose answer was lost is not made twice.
   */
  private JobID next = new JobID();

  private Duration pause = FIRST_PAUSE;
  private Instant notBefore = Instant.MIN;
  private volatile String trouble = "";

  private ExternalFlink(
      String component,
      String name,
      Class<?> main,
      int parallelism,
      JobsJar jar,
      LakehouseConfig config,
      Clock clock) {
    this.url = config.flink().url();
    this.rest = new FlinkRest(url);
    this.jar = jar;
    this.component = component;
    this.name = name;
    this.main = main;
    this.parallelism = parallelism;
    this.config = config;
    this.clock = clock;
  }

  /**
   * The jobs by the component that health knows them by: {@code flink} lands, {@code maintain}
   * keeps tables fast.
   *
   * @param config with every address known, as the cluster reaches them
   * @throws StartRefused if the jobs' jar is not built
   */
  static Map<String, ExternalFlink> jobs(LakehouseConfig config, Clock clock) {
    JobsJar jar = JobsJar.built();
    Map<String, ExternalFlink> jobs = new LinkedHashMap<>();
    jobs.put(
        "flink",
        new ExternalFlink(
            "flink",
            LandJob.nameFor(config),
            LandJob.class,
            config.flink().parallelism(),
            jar,
            config,
            clock));
    jobs.put(
        "maintain",
        new ExternalFlink(
            "maintain", MaintainJob.nameFor(config), MaintainJob.class, 1, jar, config, clock));
    return jobs;
  }

  /** Submits the job if none of its name runs. */
  synchronized void mend() {
    if (clock.instant().isBefore(notBefore)) {
      return;
    }
    try {
      List<Job> known = rest.jobs(name);
      String submitted = next.toHexString();
      if (known.stream().anyMatch(job -> job.jid().equals(submitted))) {
        next = new JobID();
      }
      if (known.stream().allMatch(Job::hasEnded)) {
        submit();
      }
      trouble = "";
      pause = FIRST_PAUSE;
    } catch (IOException e) {
      String now = String.valueOf(e.getMessage());
      if (!now.equals(trouble)) {
        LOG.warn("the job {} cannot be submitted to {}: {}", name, url, now);
      }
      trouble = now;
      notBefore = clock.instant().plus(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  private void submit() throws IOException {
    String id = jar.on(rest);
    rest.run(id, main.getName(), LandJob.arguments(config), parallelism, next.toHexString());
    LOG.info("submitted the job {} as {} to {}", name, next, url);
  }

  @Override
  public Map<String, ComponentHealth> check() {
    return Map.of(component, health());
  }

  private ComponentHealth health() {
    List<Job> running;
    try {
      running = rest.jobs(name).stream().filter(job -> !job.hasEnded()).toList();
    } catch (IOException e) {
      return ComponentHealth.down(url + " does not answer");
    }
    if (running.isEmpty()) {
      return ComponentHealth.down(
          "no job " + name + " runs at " + url + (trouble.isEmpty() ? "" : ": " + trouble));
    }
    if (running.size() > 1) {
      return ComponentHealth.degraded(
          running.size() + " jobs " + name + " run at " + url + "; cancel all but one");
    }
    Job job = running.get(0);
    String said = "job " + name + " (" + job.jid() + ") is " + job.state() + " at " + url;
    if (!job.state().equals("RUNNING")) {
      return ComponentHealth.degraded(said);
    }
    return job.tasks().running() == job.tasks().total()
        ? ComponentHealth.up(said)
        : ComponentHealth.degraded(
            said
                + ", with "
                + job.tasks().running()
                + " of "
                + job.tasks().total()
                + " tasks; the cluster may have no free slot");
  }
}
