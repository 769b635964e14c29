/**
 * What every kind of file is to the reader: a {@link dev.lakehouse.ingest.format.FileFormat}
 * profiles it once and then opens its rows. The formats live in packages of their own and know
 * nothing of Kafka, the store or each other.
 */
@NullMarked
package dev.lakehouse.ingest.format;

import org.jspecify.annotations.NullMarked;
