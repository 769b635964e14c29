package dev.lakehouse.ingest.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What an entry's row is to be. */
sealed interface Correction {
  /** As it is: the dataset may take it by now. */
  record AsItIs() implements Correction {}

  /** This text in its stead, in the notation of the row's own file. */
  record Raw(String text) implements Correction {}

  /**
   * These values in its stead.
   *
   * @param columns column → value, JSON null where there is none
   */
  record Values(Map<String, JsonNode> columns) implements Correction {}
}
