package dev.lakehouse.query.policy;

import dev.lakehouse.schemas.access.Access;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies of a directory, followed: a change counts within about a second. Files with a
 * mistake, or whose own examples do not hold, do not count, and what counted before stays; where
 * nothing did, nothing is allowed. Safe for use by many threads.
 */
public final class Policies implements Access, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Policies.class);
  private static final Duration LOOK = Duration.ofMillis(400);

  /** Files that look the same from outside are read all the same every so many looks. */
  private static final int READ_ANYWAY = 25;

  private static final String FIRST =
      """
      # Made on the first start with authentication on. The principal admin may do everything; all
      # others may do what files beside this one say. See docs/governance.md.
      [principals.admin]
      roles = ["admin"]

      [[roles.admin]]
      datasets = ["*"]
      grants = ["read", "raw", "ingest", "manage"]
      """;

  private final Path directory;
  private final PolicyCount count;
  private final Clock clock;
  private final Thread thread;
  private volatile State state;
  private BiConsumer<String, String> keeper = (what, detail) -> {};
  private List<PolicyFiles.Outside> seen = List.of();
  private String considered = "";
  private int looked;
  private volatile boolean closed;

  /**
   * What counts now.
   *
   * @param version of the policies that count: how many there were before, and a hash
   * @param since when they came to count
   * @param mistakes of the files as they are, if those do not count
   */
  public record State(PolicySet set, String version, Instant since, List<Mistake> mistakes) {}

  private Policies(Path directory, PolicyCount count, Clock clock) {
    this.directory = directory;
    this.count = count;
    this.clock = clock;
    this.state = new State(PolicySet.none(), "0-none", clock.instant(), List.of());
    this.thread = new Thread(this::follow, "policies");
    thread.setDaemon(true);
  }

  /**
   * Reads the policies and follows them. A directory that is not there is made, with a policy for
   * the principal {@code admin}.
   *
   * @param counted file that holds how many versions there were
   */
  public static Policies start(Path directory, Path counted, Clock clock) {
    Policies policies = new Policies(directory, new PolicyCount(counted), clock);
    try {
      if (!Files.exists(directory)) {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("admin.toml"), FIRST);
        LOG.info("{} is made, with a policy for the principal admin", directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    policies.look(true);
    policies.thread.start();
    return policies;
  }

  /**
   * Reads and checks policies once.
   *
   * @throws PolicyException with every mistake, also if an example does not hold
   * @throws UncheckedIOException if they cannot be read
   */
  public static PolicySet check(Path directory) {
    try {
      PolicyFiles files = PolicyFiles.read(PolicyFiles.outside(directory));
      return PolicyReader.read(files.contents(), files.hash());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void follow() {
    while (!closed) {
      LockSupport.parkNanos(LOOK.toNanos());
      look(false);
    }
  }

  /** A file that is being written is not read before it has stayed the same for one look. */
  private synchronized void look(boolean atOnce) {
    try {
      List<PolicyFiles.Outside> now = PolicyFiles.outside(directory);
      boolean same = now.equals(seen);
      seen = now;
      looked++;
      boolean known = same && !considered.isEmpty() && looked % READ_ANYWAY != 0;
      if ((same || atOnce) && !known) {
        consider(PolicyFiles.read(now));
      } else if (!same) {
        considered = "";
      }
    } catch (IOException | RuntimeException e) {
      trouble(
          List.of(
              new Mistake(
                  new Mistake.Place(directory.toString(), 0),
                  "cannot be read: " + e.getMessage())));
      considered = "";
    }
  }

  private void consider(PolicyFiles files) {
    if (files.hash().equals(considered)) {
      return;
    }
    considered = files.hash();
    if (files.hash().equals(state.set().hash())) {
      trouble(List.of());
      return;
    }
    try {
      PolicySet set = PolicyReader.read(files.contents(), files.hash());
      state = new State(set, count.next(files.hash()), clock.instant(), List.of());
      LOG.info("policies {} count from now on", state.version());
      keeper.accept("policy.changed", "version " + state.version());
    } catch (PolicyException e) {
      trouble(e.mistakes());
    }
  }

  private void trouble(List<Mistake> mistakes) {
    if (!mistakes.equals(state.mistakes())) {
      state = new State(state.set(), state.version(), state.since(), mistakes);
      mistakes.forEach(mistake -> LOG.error("the policies stay what they were: {}", mistake));
      mistakes.stream()
          .findFirst()
          .ifPresent(first -> keeper.accept("policy.refused", first.place().toString()));
    }
  }

  /**
   * Has changes kept, beginning with what counts now.
   *
   * @param keeper told what happened and a detail
   */
  synchronized void keep(BiConsumer<String, String> keeper) {
    this.keeper = keeper;
    keeper.accept("policy.loaded", "version " + state.version());
  }

  /** What counts now; to be asked for once for each request. */
  public State state() {
    return state;
  }

  @Override
  public boolean allows(String principal, Grant grant, DatasetName dataset) {
    return state.set().rules(principal, dataset.value()).allows(grant);
  }

  @Override
  public boolean allowsAll(String principal, Grant grant) {
    return state.set().allowsAll(principal, grant);
  }

  /** Degraded while files do not count. */
  public ComponentHealth health() {
    State now = state;
    if (now.mistakes().isEmpty()) {
      return ComponentHealth.up("version " + now.version());
    }
    return ComponentHealth.degraded(
        now.mistakes().size()
            + (now.mistakes().size() == 1 ? " mistake" : " mistakes")
            + ", first "
            + now.mistakes().get(0).place()
            + "; version "
            + now.version()
            + " stays");
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
