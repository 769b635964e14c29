/** Tests of message archives. */
@NullMarked
package dev.lakehouse.ingest.sms;

import org.jspecify.annotations.NullMarked;
