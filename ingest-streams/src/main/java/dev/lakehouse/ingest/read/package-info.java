/**
 * Files become records: workers take announced files and write their rows to the dataset's topic in
 * transactions that also hold how far they have come, so that a crash loses and doubles nothing.
 * More files are open than are worked on at once; they have turns ({@link
 * dev.lakehouse.ingest.read.Turns}) of one transaction. Start at {@link
 * dev.lakehouse.ingest.read.ReaderPool}; {@link dev.lakehouse.ingest.read.FileReading} reads one
 * file.
 */
@NullMarked
package dev.lakehouse.ingest.read;

import org.jspecify.annotations.NullMarked;
