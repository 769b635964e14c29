package dev.lakehouse.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One file as {@code multipart/form-data} (RFC 7578), read as it is sent. */
final class MultipartUpload {
  private final String boundary = "lakehouse-" + UUID.randomUUID();
  private final Path file;
  private final @Nullable String dataset;
  private final LongConsumer sent;

  MultipartUpload(Path file, @Nullable String dataset, LongConsumer sent) {
    this.file = file;
    this.dataset = dataset;
    this.sent = sent;
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  BodyPublisher body() {
    StringBuilder head = new StringBuilder();
    if (dataset != null) {
      head.append("--").append(boundary).append("\r\n");
      head.append("Content-Disposition: form-data; name=\"dataset\"\r\n\r\n");
      head.append(dataset).append("\r\n");
    }
    head.append("--").append(boundary).append("\r\n");
    head.append("Content-Disposition: form-data; name=\"file\"; filename=\"");
    head.append(escaped(String.valueOf(file.getFileName()))).append("\"\r\n");
    head.append("Content-Type: application/octet-stream\r\n\r\n");
    byte[] first = head.toString().getBytes(UTF_8);
    byte[] last = ("\r\n--" + boundary + "--\r\n").getBytes(UTF_8);
    try {
      return BodyPublishers.fromPublisher(
          BodyPublishers.concat(
              BodyPublishers.ofByteArray(first),
              BodyPublishers.ofInputStream(this::open),
              BodyPublishers.ofByteArray(last)),
          first.length + Files.size(file) + last.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As browsers do it (WHATWG HTML, multipart/form-data encoding). */
  private static String escaped(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private InputStream open() {
    try {
      return new Counting(Files.newInputStream(file), sent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Counting extends FilterInputStream {
    private final LongConsumer sent;
    private long count;

    Counting(InputStream in, LongConsumer sent) {
      super(in);
      this.sent = sent;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      if (read > 0) {
        count += read;
        sent.accept(count);
      }
      return read;
    }
  }
}
