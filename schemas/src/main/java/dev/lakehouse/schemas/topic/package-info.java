/**
 * Every topic as one immutable object, and the headers each record on {@code data.*} carries. Start
 * at {@link dev.lakehouse.schemas.topic.Topics}.
 */
@NullMarked
package dev.lakehouse.schemas.topic;

import org.jspecify.annotations.NullMarked;
