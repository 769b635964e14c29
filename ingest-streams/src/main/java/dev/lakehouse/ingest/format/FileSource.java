package dev.lakehouse.ingest.format;

import java.io.IOException;
import java.io.InputStream;

/** A file's bytes, as often as they are asked for; any compression around them is taken off. */
public interface FileSource {
  /** The file's own name, as the uploader gave it. */
  String name();

  /** Opens the file at its first byte; whoever opens it closes it. */
  InputStream open() throws IOException;
}
