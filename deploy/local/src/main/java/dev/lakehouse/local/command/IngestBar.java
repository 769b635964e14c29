package dev.lakehouse.local.command;

import dev.lakehouse.local.client.Answers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how an upload and the reading and landing after it come along, on a terminal only. */
final class IngestBar implements AutoCloseable {
  private static final int UPDATE_MILLIS = 200;

  private final @Nullable ProgressBar bar;
  private final long bytes;

  private IngestBar(@Nullable ProgressBar bar, long bytes) {
    this.bar = bar;
    this.bytes = bytes;
  }

  static IngestBar over(Path file) {
    try {
      long bytes = Files.size(file);
      if (!Boolean.getBoolean("lakehouse.terminal")) {
        return new IngestBar(null, bytes);
      }
      return new IngestBar(
          new ProgressBarBuilder()
              .setTaskName(String.valueOf(file.getFileName()))
              .setInitialMax(bytes)
              .setUnit(" MiB", 1 << 20)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setUpdateIntervalMillis(UPDATE_MILLIS)
              .clearDisplayOnFinish()
              .build(),
          bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So many bytes of the file have gone out. */
  void sent(long count) {
    if (bar != null) {
      bar.stepTo(count);
      bar.setExtraMessage("uploading");
    }
  }

  /** So many rows have been read and landed. */
  void rows(Answers.Rows rows) {
    if (bar != null) {
      bar.stepTo(bytes);
      bar.setExtraMessage(
          String.format(Locale.ROOT, "%,d rows read, %,d landed", rows.read(), rows.landed()));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
