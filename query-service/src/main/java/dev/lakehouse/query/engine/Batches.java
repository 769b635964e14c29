package dev.lakehouse.query.engine;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The answer in batches of columns, as Arrow has them. */
public interface Batches extends AutoCloseable {
  /** The columns' names, which those of the batches need not be. */
  List<String> names();

  /**
   * The columns, with the rows of the batch that was asked for last. Always the same object, whose
   * memory is the engine's until the next call.
   */
  VectorSchemaRoot root();

  /**
   * Takes the next batch.
   *
   * @return whether there was one
   * @throws dev.lakehouse.schemas.http.ProblemException if the query fails or is stopped
   */
  boolean next();

  @Override
  void close();
}
