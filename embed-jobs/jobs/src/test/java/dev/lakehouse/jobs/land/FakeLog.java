package dev.lakehouse.jobs.land;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** A log of one topic with one partition, of which only where it starts and ends is known. */
final class FakeLog implements LogReader {
  final String topic;
  long start;
  long end;
  int questions;

  FakeLog(String topic) {
    this.topic = topic;
  }

  @Override
  public Map<String, String> ids(Collection<String> topics) {
    Map<String, String> ids = new HashMap<>();
    states(topics).forEach((name, state) -> ids.put(name, state.id()));
    return ids;
  }

  @Override
  public Map<String, TopicState> states(Collection<String> topics) {
    questions++;
    return topics.contains(topic)
        ? Map.of(topic, new TopicState("id", Map.of(0, new Range(start, end))))
        : Map.of();
  }

  @Override
  public Collection<String> topics() {
    return java.util.List.of(topic);
  }

  @Override
  public long read(String topic, int partition, Range range, int most, Sink sink) {
    return range.end();
  }

  @Override
  public void close() {}
}
