/**
 * Takes gzip, zstd and zip off a file, whatever is in it, and guards against bombs. It knows the
 * port {@link dev.lakehouse.ingest.format.FileSource} and nothing of formats. Start at {@link
 * dev.lakehouse.ingest.compress.Unpacked}.
 */
@NullMarked
package dev.lakehouse.ingest.compress;

import org.jspecify.annotations.NullMarked;
