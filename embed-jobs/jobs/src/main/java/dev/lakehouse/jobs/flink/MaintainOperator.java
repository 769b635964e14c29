package dev.lakehouse.jobs.flink;

import dev.lakehouse.jobs.land.LogRecord;
import dev.lakehouse.jobs.log.KafkaLanding;
import dev.lakehouse.jobs.log.KafkaLogReader;
import dev.lakehouse.jobs.log.KafkaRunBoard;
import dev.lakehouse.jobs.log.KafkaUsedSnapshots;
import dev.lakehouse.jobs.log.StatusReader;
import dev.lakehouse.jobs.maintain.Maintainer;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.topic.Topics;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one that maintains tables, a step at a time, so that the job can be cancelled between two.
 * Has no state: the topic of runs says what is left to do.
 */
final class MaintainOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<LogRecord, Void> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(MaintainOperator.class);

  private final LakehouseConfig lakehouse;
  private transient Deque<AutoCloseable> open;
  private transient AvroSerde<MaintainRun> values;
  private transient Maintainer maintainer;

  /** What the topic had when the job started is before this offset. */
  private transient long newFrom;

  private transient long wakeAt;

  MaintainOperator(LakehouseConfig config) {
    this.lakehouse = config;
  }

  @Override
  public void open() throws Exception {
    super.open();
    open = new ArrayDeque<>();
    Clock clock = Clock.systemUTC();
    KafkaClients clients = new KafkaClients(lakehouse.kafka());
    SchemaRegistry registry =
        new SchemaRegistry(URI.create(lakehouse.registry().url()), lakehouse.registry().headers());
    values = Topics.MAINTAIN.values(registry);
    KafkaRunBoard board = keep(new KafkaRunBoard(clients, registry));
    KafkaUsedSnapshots used =
        keep(new KafkaUsedSnapshots(clients, registry, lakehouse.maintain().receipts(), clock));
    KafkaLogReader log = keep(new KafkaLogReader(clients));
    StatusReader statuses = keep(new StatusReader(clients, registry));
    LakeCatalog catalog = keep(LakeCatalog.open(lakehouse.catalog()));
    maintainer =
        new Maintainer(lakehouse, catalog, board, used, new KafkaLanding(log, statuses), clock);
    newFrom = end(clients);
    if (newFrom == 0) {
      maintainer.caughtUp();
    }
    wake();
  }

  private <T extends AutoCloseable> T keep(T part) {
    open.push(part);
    return part;
  }

  /** Where the topic ends; 0 if there is nothing to be read in it. */
  private static long end(KafkaClients clients) {
    TopicPartition place = new TopicPartition(Topics.MAINTAIN.name(), 0);
    try (var consumer = clients.consumer(Map.of())) {
      long start = consumer.beginningOffsets(List.of(place)).getOrDefault(place, 0L);
      long end = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
      return start == end ? 0 : end;
    }
  }

  @Override
  public void processElement(StreamRecord<LogRecord> element) {
    LogRecord record = element.getValue();
    if (record.value != null) {
      try {
        maintainer.take(values.read(record.value));
      } catch (SerializationException e) {
        LOG.warn("record {} of {} is no run", record.offset, record.topic, e);
      }
    }
    if (record.offset + 1 >= newFrom) {
      maintainer.caughtUp();
    }
    wake();
  }

  private void work(long time) {
    maintainer.work();
    wake();
  }

  private void wake() {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    long due = maintainer.nextDue();
    if (due != Long.MAX_VALUE && (wakeAt <= now || due < wakeAt)) {
      wakeAt = Math.max(due, now + 1);
      var unused = getProcessingTimeService().registerTimer(wakeAt, this::work);
    }
  }

  @Override
  public void close() throws Exception {
    if (open != null) {
      while (!open.isEmpty()) {
        open.pop().close();
      }
    }
    super.close();
  }
}
