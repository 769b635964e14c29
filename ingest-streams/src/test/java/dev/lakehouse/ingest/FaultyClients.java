package dev.lakehouse.ingest;

import dev.lakehouse.schemas.config.KafkaConfig;
import dev.lakehouse.schemas.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Real clients whose transactional producers fail where a test says so. */
final class FaultyClients extends KafkaClients {
  private volatile String prefix = "none";
  private final BlockingQueue<Fault> commits = new LinkedBlockingQueue<>();
  private final AtomicInteger failingOpenings = new AtomicInteger();
  private final BlockingQueue<FaultyProducer> late = new LinkedBlockingQueue<>();

  /** What becomes of a commit. */
  enum Fault {
    /** It succeeds and its answer is heard. */
    NONE,
    /** It succeeds and its answer is lost. */
    ANSWER_LOST,
    /** It never reaches the broker. */
    REQUEST_LOST,
    /** It reaches the broker only when the test says so; until then nobody knows. */
    REQUEST_LATE,
    /** It fails with an error that no client library knows. */
    BROKEN
  }

  FaultyClients(KafkaConfig config) {
    super(config);
  }

  /** The next commits under ids with this prefix, in their order; all others succeed. */
  void commits(String idPrefix, Fault... faults) {
    prefix = idPrefix;
    commits.addAll(List.of(faults));
  }

  /** How many of the next openings of transactional producers fail. */
  void failOpenings(int count) {
    failingOpenings.set(count);
  }

  /** Lets the late commit reach the broker; empty if it succeeded, else how it failed. */
  Optional<KafkaException> commitLate() {
    FaultyProducer producer = Optional.ofNullable(late.poll()).orElseThrow();
    try {
      producer.commitNow();
      return Optional.empty();
    } catch (KafkaException e) {
      return Optional.of(e);
    } finally {
      producer.closeNow();
    }
  }

  /** How many faults have not happened yet. */
  int pending() {
    return commits.size();
  }

  @Override
  protected KafkaProducer<byte[], byte[]> open(Map<String, Object> settings) {
    return settings.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG)
        ? new FaultyProducer(settings)
        : super.open(settings);
  }

  private final class FaultyProducer extends KafkaProducer<byte[], byte[]> {
    private final String id;
    private boolean isLate;

    FaultyProducer(Map<String, Object> settings) {
      super(settings, new ByteArraySerializer(), new ByteArraySerializer());
      this.id = String.valueOf(settings.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG));
    }

    @Override
    public void initTransactions() {
      if (failingOpenings.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new TimeoutException("injected: the broker did not answer");
      }
      super.initTransactions();
    }

    @Override
    public void commitTransaction() {
      Fault fault =
          id.startsWith(prefix)
              ? Optional.ofNullable(commits.poll()).orElse(Fault.NONE)
              : Fault.NONE;
      switch (fault) {
        case NONE -> super.commitTransaction();
        case ANSWER_LOST -> {
          super.commitTransaction();
          throw new TimeoutException("injected: the answer was lost");
        }
        case REQUEST_LOST -> throw new TimeoutException("injected: the request was lost");
        case REQUEST_LATE -> {
          super.flush();
          isLate = true;
          late.add(this);
          throw new TimeoutException("injected: the request is late");
        }
        case BROKEN -> throw new IllegalStateException("injected: broken");
      }
    }

    void commitNow() {
      super.commitTransaction();
    }

    void closeNow() {
      super.close(Duration.ZERO);
    }

    @Override
    public void close(Duration timeout) {
      if (!isLate) {
        super.close(timeout);
      }
    }
  }
}
