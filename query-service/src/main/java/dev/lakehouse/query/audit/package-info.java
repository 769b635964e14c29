/**
 * Who did what: records on the topic {@code audit}, acknowledged before anything is answered, and
 * what of them {@code GET /query/audit} shows. May use the contracts of schemas alone. Start at
 * {@link dev.lakehouse.query.audit.KafkaTrail}.
 */
@NullMarked
package dev.lakehouse.query.audit;

import org.jspecify.annotations.NullMarked;
