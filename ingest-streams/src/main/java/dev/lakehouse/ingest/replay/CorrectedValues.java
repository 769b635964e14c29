package dev.lakehouse.ingest.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import dev.lakehouse.ingest.event.EventEncoder;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Encodes values that a person gave for a row. They are taken as events are; besides, a number or a
 * truth value may be given as text, as people do.
 */
final class CorrectedValues {
  private static final int MOST_DIGITS = 400;

  private final Map<String, Schema> types = new HashMap<>();
  private final EventEncoder encoder;

  CorrectedValues(Schema schema) {
    this.encoder = new EventEncoder(schema);
    for (Schema.Field field : schema.getFields()) {
      types.putIfAbsent(
          key(SchemaEvolution.columnName(field)), SchemaEvolution.valueType(field.schema()));
    }
  }

  private static String key(String column) {
    return column.toLowerCase(Locale.ROOT);
  }

  /**
   * The values as a record.
   *
   * @param columns every one of which must be said, so that no value is lost by being forgotten
   */
  GenericRecord encode(Map<String, JsonNode> values, List<String> columns) throws KeptException {
    Map<String, String> said = new HashMap<>();
    Map<String, JsonNode> given = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> value : values.entrySet()) {
      String column = value.getKey();
      if (said.put(key(column), column) != null) {
        throw new KeptException("duplicate_field", "'" + column + "' is there twice");
      }
      if (!types.containsKey(key(column))) {
        throw new KeptException("misfit", "'" + column + "' is no column of the dataset");
      }
      if (!value.getValue().isNull()) {
        given.put(column, typed(value.getValue(), types.get(key(column))));
      }
    }
    List<String> forgotten = new ArrayList<>(columns);
    forgotten.removeIf(column -> said.containsKey(key(column)));
    if (!forgotten.isEmpty()) {
      throw new KeptException(
          "columns_missing",
          "values do not say '"
              + String.join("', '", forgotten)
              + "': say every column, null where there is no value");
    }
    try {
      return encoder.encode(given);
    } catch (EventEncoder.MisfitException e) {
      throw new KeptException("misfit", String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode typed(JsonNode value, @org.jspecify.annotations.Nullable Schema type) {
    if (!value.isTextual() || type == null) {
      return value;
    }
    String text = value.textValue().strip();
    boolean bare = type.getLogicalType() == null;
    return switch (type.getType()) {
      case BOOLEAN ->
          text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
              ? BooleanNode.valueOf(text.equalsIgnoreCase("true"))
              : value;
      case INT, LONG ->
          bare && text.matches("-?\\d{1,19}")
              ? BigIntegerNode.valueOf(new BigInteger(text))
              : value;
      case FLOAT, DOUBLE -> number(value, text);
      case BYTES -> bare ? value : number(value, text);
      default -> value;
    };
  }

  private static JsonNode number(JsonNode value, String text) {
    try {
      return text.length() > MOST_DIGITS ? value : DecimalNode.valueOf(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return value;
    }
  }
}
