package dev.lakehouse.jobs.flink;

import dev.lakehouse.jobs.land.Audit;
import dev.lakehouse.jobs.land.Committer;
import dev.lakehouse.jobs.land.Landed;
import dev.lakehouse.jobs.land.Source;
import dev.lakehouse.jobs.log.KafkaStatusBoard;
import dev.lakehouse.schemas.config.LakehouseConfig;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one committer of the job: commits batches as they arrive. Has no state: tables have. */
final class CommitOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<byte[], Void> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(CommitOperator.class);
  private static final long AUDIT_MILLIS = 5_000;

  private final LakehouseConfig lakehouse;
  private transient Doors doors;
  private transient KafkaStatusBoard board;
  private transient Committer committer;
  private transient Audit audit;
  private transient long wakeAt;

  CommitOperator(LakehouseConfig config) {
    this.lakehouse = config;
  }

  @Override
  public void open() throws Exception {
    super.open();
    doors = new Doors(lakehouse);
    board = new KafkaStatusBoard(doors.clients, doors.registry);
    committer = new Committer(doors.tables, doors.log, doors::writer, board, doors.clock);
    audit = new Audit(lakehouse, committer, doors.log, doors.clock);
    audit(0);
  }

  @Override
  public void processElement(StreamRecord<byte[]> element) throws Exception {
    Landed landed = Messages.read(element.getValue(), getUserCodeClassloader());
    committer.take(Source.of(landed.topic(), lakehouse).orElseThrow(), landed);
    work(0);
  }

  private void work(long time) {
    committer.work();
    long now = getProcessingTimeService().getCurrentProcessingTime();
    committer
        .nextDue()
        .filter(due -> wakeAt <= now || due < wakeAt)
        .ifPresent(
            due -> {
              wakeAt = Math.max(due, now + 1);
              var unused = getProcessingTimeService().registerTimer(wakeAt, this::work);
            });
  }

  private void audit(long time) {
    try {
      audit.look();
    } catch (KafkaException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.warn("the topics could not be looked at, will be tried again", e);
    }
    var unused =
        getProcessingTimeService()
            .registerTimer(
                getProcessingTimeService().getCurrentProcessingTime() + AUDIT_MILLIS, this::audit);
  }

  @Override
  public void close() throws Exception {
    if (board != null) {
      board.close();
    }
    if (doors != null) {
      doors.close();
    }
    super.close();
  }
}
