/**
 * Archives of text messages: plain transcripts, and the XML that the app "SMS Backup &amp; Restore"
 * writes. A message is a row. {@link dev.lakehouse.ingest.sms.SmsFormat} reads the XML, {@link
 * dev.lakehouse.ingest.sms.TranscriptFormat} the transcripts. Uses {@code format} and {@code
 * schema} only.
 */
@NullMarked
package dev.lakehouse.ingest.sms;

import org.jspecify.annotations.NullMarked;
