package dev.lakehouse.ingest.event;

import java.util.List;

/**
 * What is answered to a request of events.
 *
 * @param id the ingest id that the rows carry
 * @param results one for each event, in the request's order
 */
public record EventAnswer(
    String id, String dataset, List<EventResult> results, long accepted, long rejected) {
  static EventAnswer of(String id, String dataset, List<EventResult> results) {
    long accepted = results.stream().filter(EventResult::isAccepted).count();
    return new EventAnswer(id, dataset, results, accepted, results.size() - accepted);
  }
}
