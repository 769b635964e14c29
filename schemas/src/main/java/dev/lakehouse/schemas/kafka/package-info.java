/** The one place that builds Kafka clients. */
@NullMarked
package dev.lakehouse.schemas.kafka;

import org.jspecify.annotations.NullMarked;
