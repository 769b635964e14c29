package dev.lakehouse.ingest.schema;

import org.apache.avro.Schema;

/**
 * A column as a source has it.
 *
 * @param name its own name
 * @param type the narrowest Avro type its values fit, without null
 * @param mayBeNull whether some value is missing
 * @param needsLong whether its integers go beyond 32 bits
 * @param integerDigits most digits before the point
 */
public record Column(
    String name, Schema type, boolean mayBeNull, boolean needsLong, int integerDigits) {}
