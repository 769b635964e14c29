package dev.lakehouse.jobs;

import dev.lakehouse.schemas.config.LakehouseConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The landing in a process of its own, that a fault may end. Arguments: {@code key=value}. */
final class ForkedLanding {
  private ForkedLanding() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> settings = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      settings.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    LandJob.define(env, LakehouseConfig.of(settings));
    env.execute(LandJob.NAME);
  }
}
