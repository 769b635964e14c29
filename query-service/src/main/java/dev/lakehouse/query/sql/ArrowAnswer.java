package dev.lakehouse.query.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.query.engine.Batches;
import dev.lakehouse.query.engine.Stop;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way as an Arrow IPC stream. The receipt is in the schema's metadata, as {@code
 * lakehouse.receipt}. An answer that fails on its way ends in the middle of a message, which every
 * reader takes for an error.
 */
final class ArrowAnswer implements AutoCloseable {
  private static final String RECEIPT = "lakehouse.receipt";
  private static final ObjectMapper JSON = LakehouseServer.json();

  /** Says that a message of 16 bytes follows. */
  private static final byte[] TORN = {-1, -1, -1, -1, 16, 0, 0, 0};

  private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};

  private final Batches batches;
  private final Stop stop;
  private final Receipt receipt;
  private final Answer.Ending ending;
  private long rows;
  private @Nullable Problem failed;

  ArrowAnswer(Batches batches, Stop stop, Receipt receipt, Answer.Ending ending) {
    this.batches = batches;
    this.stop = stop;
    this.receipt = receipt;
    this.ending = ending;
  }

  Receipt receipt() {
    return receipt;
  }

  /** How many rows were answered by now. */
  long rows() {
    return rows;
  }

  /** What ended it early, or null. */
  @Nullable Problem failed() {
    return failed;
  }

  /** Whether the query was cancelled, or its time is up. */
  boolean isOver() {
    return stop.isRequested();
  }

  /** Notes that the answer ends early. */
  void fail(Problem why) {
    failed = why;
  }

  /** Writes the whole answer. */
  void send(FirstBytes first) throws IOException {
    try {
      stream(first);
    } catch (ProblemException e) {
      fail(e.problem());
      if (!first.gone()) {
        throw e;
      }
      first.write(TORN);
    }
    first.finish();
  }

  private void stream(OutputStream out) throws IOException {
    try (WritableByteChannel bytes = Channels.newChannel(out);
        WriteChannel channel = new WriteChannel(bytes)) {
      VectorSchemaRoot root = batches.root();
      MessageSerializer.serialize(channel, schema(root));
      VectorUnloader unloader = new VectorUnloader(root);
      while (batches.next()) {
        rows += root.getRowCount();
        try (ArrowRecordBatch batch = unloader.getRecordBatch()) {
          MessageSerializer.serialize(channel, batch);
        }
      }
      channel.write(END);
    }
  }

  private Schema schema(VectorSchemaRoot root) throws JsonProcessingException {
    List<String> names = batches.names();
    List<Field> fields = new ArrayList<>();
    for (Field field : root.getSchema().getFields()) {
      fields.add(new Field(names.get(fields.size()), field.getFieldType(), field.getChildren()));
    }
    return new Schema(fields, Map.of(RECEIPT, JSON.writeValueAsString(receipt)));
  }

  @Override
  public void close() {
    try {
      batches.close();
    } finally {
      ending.ended(rows, failed);
    }
  }
}
