package dev.lakehouse.jobs.flink;

import dev.lakehouse.jobs.land.Landed;
import dev.lakehouse.jobs.land.LogRecord;
import dev.lakehouse.jobs.land.Source;
import dev.lakehouse.jobs.land.StoppedException;
import dev.lakehouse.jobs.land.Trouble;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.registry.RegistryException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to data files and cuts a batch of a table some milliseconds after its first row,
 * but at most once a second under load. Has no state: what is lost with it is in the log.
 */
final class WriteOperator extends AbstractStreamOperator<byte[]>
    implements OneInputStreamOperator<LogRecord, byte[]> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(WriteOperator.class);
  private static final long LONGEST_WAIT_MILLIS = 5_000;
  private static final int REGISTRY_ATTEMPTS = 3;

  private final LakehouseConfig lakehouse;
  private transient Doors doors;
  private transient Map<String, WriteLane> lanes;
  private transient CutTimes times;

  WriteOperator(LakehouseConfig config) {
    this.lakehouse = config;
  }

  @Override
  public void open() throws Exception {
    super.open();
    doors = new Doors(lakehouse);
    lanes = new HashMap<>();
    times =
        new CutTimes(
            lakehouse.landing(), getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
  }

  @Override
  public void processElement(StreamRecord<LogRecord> element) throws Exception {
    LogRecord record = element.getValue();
    WriteLane lane = lanes.get(record.topic);
    if (lane == null) {
      Source source = Source.of(record.topic, lakehouse).orElseThrow();
      lane = new WriteLane(source, () -> doors.writer(source));
      lanes.put(record.topic, lane);
    }
    long wait = 100;
    for (int attempt = 1; ; attempt++) {
      try {
        take(lane, record);
        return;
      } catch (RegistryException e) {
        cutAll();
        if (lane.isFailing() || (attempt >= REGISTRY_ATTEMPTS && doors.registry.isUp())) {
          fail(lane, "registry_failing", "the schema registry fails: " + e.getMessage(), e);
          return;
        }
        LOG.warn("the schema registry failed, will be asked again: {}", e.getMessage());
        Thread.sleep(wait);
        wait = Math.min(LONGEST_WAIT_MILLIS, wait * 2);
      }
    }
  }

  private void take(WriteLane lane, LogRecord record) throws IOException {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    guarded(lane, () -> lane.add(record, now));
    if (lane.hasRows() && !lane.cutPlanned) {
      lane.cutPlanned = true;
      long at = times.plan(lane.lastCut, now, busy(now));
      var unused = getProcessingTimeService().registerTimer(at, time -> cut(lane));
    }
  }

  private long busy(long now) {
    return lanes.values().stream()
        .filter(lane -> now - lane.lastCut < CutTimes.BUSY_MILLIS)
        .count();
  }

  private void cut(WriteLane lane) throws IOException {
    lane.cutPlanned = false;
    long now = getProcessingTimeService().getCurrentProcessingTime();
    guarded(
        lane,
        () -> {
          var batch = lane.cut(now);
          if (batch.isPresent()) {
            emit(batch.get());
          }
        });
  }

  private void cutAll() throws IOException {
    for (WriteLane lane : lanes.values()) {
      cut(lane);
    }
  }

  private interface Step {
    void take() throws IOException, StoppedException;
  }

  /** One table's trouble is told to the committer; what the lane had is read again from the log. */
  private void guarded(WriteLane lane, Step step) throws IOException {
    try {
      step.take();
    } catch (StoppedException e) {
      lane.stop();
      emit(new Trouble(lane.source.topic(), e.code(), e.reason(), false));
    } catch (RegistryException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      fail(lane, "commit_failing", "writing fails: " + e, e);
    }
  }

  private void fail(WriteLane lane, String code, String reason, Exception cause)
      throws IOException {
    LOG.warn("writing {} failed, will be tried again", lane.source, cause);
    lane.failed(getProcessingTimeService().getCurrentProcessingTime());
    emit(new Trouble(lane.source.topic(), code, reason, true));
  }

  private void emit(Landed landed) throws IOException {
    output.collect(new StreamRecord<>(Messages.write(landed)));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    cutAll();
  }

  @Override
  public void finish() throws Exception {
    cutAll();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (doors != null) {
      doors.close();
    }
    super.close();
  }
}
