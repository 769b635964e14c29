package dev.lakehouse.jobs.flink;

import dev.lakehouse.jobs.land.Landed;
import java.io.IOException;
import org.apache.flink.util.InstantiationUtil;

/** What goes from writers to the committer, as bytes: data files are Java-serializable. */
final class Messages {
  private Messages() {}

  static byte[] write(Landed landed) throws IOException {
    return InstantiationUtil.serializeObject(landed);
  }

  static Landed read(byte[] bytes, ClassLoader loader) throws IOException {
    try {
      return InstantiationUtil.deserializeObject(bytes, loader);
    } catch (ClassNotFoundException e) {
      throw new IOException("a message of a writer is of another version", e);
    }
  }
}
