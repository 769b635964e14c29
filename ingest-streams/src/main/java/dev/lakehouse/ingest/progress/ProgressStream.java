package dev.lakehouse.ingest.progress;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an ingest's view to each follower as Server-Sent Events named {@code progress}, whenever it
 * has changed, until it is terminal. One thread looks after all followers, and sleeps while there
 * are none.
 */
public final class ProgressStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressStream.class);
  private static final long LOOK_MS = 250;
  private static final int LOOKS_PER_SIGN_OF_LIFE = 60;

  private final ProgressLog log;
  private final Landing landing;
  private final Map<SseClient, Follower> followers = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "ingest-events");
            thread.setDaemon(true);
            return thread;
          });

  public ProgressStream(ProgressLog log, Landing landing) {
    this.log = log;
    this.landing = landing;
    var unused = clock.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  private static final class Follower {
    private final String ingestId;
    private String last = "";
    private int quiet;

    Follower(String ingestId) {
      this.ingestId = ingestId;
    }
  }

  /** Turns the request into a stream about the ingest. */
  void follow(Context context, String ingestId) {
    new SseHandler(
            client -> {
              client.keepAlive();
              client.onClose(() -> followers.remove(client));
              followers.put(client, new Follower(ingestId));
            })
        .handle(context);
  }

  private void look() {
    followers.forEach(
        (client, follower) -> {
          try {
            tell(client, follower);
          } catch (RuntimeException e) {
            LOG.debug("a follower of {} is gone", follower.ingestId, e);
            client.close();
          }
        });
  }

  private void tell(SseClient client, Follower follower) {
    IngestView view = log.find(follower.ingestId).map(landing::view).orElseThrow();
    String now = view.toString();
    if (!now.equals(follower.last)) {
      follower.last = now;
      follower.quiet = 0;
      client.sendEvent("progress", view);
    } else if (++follower.quiet % LOOKS_PER_SIGN_OF_LIFE == 0) {
      client.sendComment("still " + view.state());
    }
    if (view.isTerminal() || client.terminated()) {
      followers.remove(client);
      client.close();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    followers.keySet().forEach(SseClient::close);
  }
}
