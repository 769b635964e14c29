package dev.lakehouse.ingest.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.format.FileFormat;
import dev.lakehouse.ingest.format.FileHead;
import dev.lakehouse.ingest.format.Formats;
import dev.lakehouse.ingest.store.DiskMark;
import dev.lakehouse.ingest.store.Incoming;
import dev.lakehouse.ingest.store.ObjectStore;
import dev.lakehouse.ingest.store.StoredObject;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;

/**
 * Streams one multipart request: the part {@code file} goes straight to the object store, the form
 * fields may come before or after it. No more than a buffer of the file is ever in memory.
 */
final class MultipartUpload implements AutoCloseable {
  private static final int BUFFER_BYTES = 128 << 10;
  private static final int LONGEST_FIELD = 8 << 10;
  private static final int MOST_FIELDS = 32;

  /** So much may come before the disk is looked at again. */
  private static final long BETWEEN_LOOKS = 8L << 20;

  private final ObjectStore store;
  private final Formats formats;
  private final DiskMark disk;
  private final long mostBytes;
  private final Map<String, String> fields = new HashMap<>();
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private Incoming incoming = new NothingYet();
  private String name = "";
  private String mediaType = "";

  MultipartUpload(ObjectStore store, Formats formats, DiskMark disk, long mostBytes) {
    this.store = store;
    this.disk = disk;
    this.formats = formats;
    this.mostBytes = mostBytes;
  }

  /** The client stopped sending before the end. */
  static final class CutOffException extends Exception {
    private static final long serialVersionUID = 1L;

    CutOffException(IOException cause) {
      super(cause);
    }
  }

  /** A whole upload: what it says, and its object. */
  record Received(UploadForm form, DatasetName dataset, StoredObject object) {}

  /**
   * Receives the request to its end.
   *
   * @param allowed is asked before anything is kept, with where the file goes
   * @throws CutOffException if the client stopped before
   * @throws IOException if the store cannot take the bytes
   * @throws dev.lakehouse.ingest.scratch.NoRoomException if a disk is full
   * @throws ProblemException if the request cannot be used, or the disk has come below its mark
   */
  Received receive(HttpServletRequest request, BiConsumer<DatasetName, OnDuplicate> allowed)
      throws CutOffException, IOException {
    readParts(request);
    if (incoming instanceof NothingYet) {
      throw Problem.of(
              400, "no_file", "The form has no file", "no part of the form is named 'file'")
          .hint("curl -F file=@data.csv -F dataset=name <address>/ingest/file")
          .toException();
    }
    UploadForm form = UploadForm.of(name, mediaType, fields, formats);
    Optional<FileFormat> format =
        form.recognise(
            new FileHead(name, head.toByteArray(), head.size() == incoming.bytes()), formats);
    DatasetName dataset = form.datasetOf(format);
    allowed.accept(dataset, form.onDuplicate());
    return new Received(form, dataset, incoming.keep());
  }

  private void readParts(HttpServletRequest request) throws CutOffException, IOException {
    FileItemInputIterator items = items(request);
    while (advance(items)) {
      FileItemInput item = next(items);
      if (item.getFieldName().equals("file")) {
        if (!(incoming instanceof NothingYet)) {
          throw Problem.of(400, "two_files", "The form has two files", "one file a request")
              .hint("send each file in a request of its own")
              .toException();
        }
        name = item.getName() == null ? "" : item.getName();
        mediaType = item.getContentType() == null ? "" : item.getContentType();
        incoming = store.receive();
        copy(item);
      } else {
        fields.put(item.getFieldName(), field(item));
      }
    }
  }

  private static FileItemInputIterator items(HttpServletRequest request) throws CutOffException {
    if (!JakartaServletFileUpload.isMultipartContent(request)) {
      throw Problem.of(
              415,
              "not_multipart",
              "The request is no multipart form",
              "its content type is '" + request.getContentType() + "'")
          .hint("curl -F file=@data.csv -F dataset=name <address>/ingest/file")
          .toException();
    }
    try {
      return new JakartaServletFileUpload<>().getItemIterator(request);
    } catch (IOException e) {
      throw new CutOffException(e);
    }
  }

  private static boolean advance(FileItemInputIterator items) throws CutOffException {
    try {
      return items.hasNext();
    } catch (IOException e) {
      throw new CutOffException(e);
    }
  }

  private static FileItemInput next(FileItemInputIterator items) throws CutOffException {
    try {
      return items.next();
    } catch (IOException e) {
      throw new CutOffException(e);
    }
  }

  private void copy(FileItemInput item) throws CutOffException, IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream in = open(item);
    long looked = 0;
    for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
      int missing = FileHead.BYTES - head.size();
      head.write(buffer, 0, Math.min(missing, n));
      incoming.write(buffer, 0, n);
      if (incoming.bytes() > mostBytes) {
        throw tooLarge(mostBytes);
      }
      if (incoming.bytes() - looked > BETWEEN_LOOKS) {
        looked = incoming.bytes();
        disk.admit(0);
      }
    }
  }

  /** What is said of a file beyond the limit. */
  static ProblemException tooLarge(long mostBytes) {
    return Problem.of(
            413, "too_large", "The file is too large", "it has more than " + mostBytes + " bytes")
        .hint("split it, or raise ingest.max_upload or limits.upload")
        .toException();
  }

  private String field(FileItemInput item) throws CutOffException {
    byte[] buffer = new byte[LONGEST_FIELD];
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    InputStream in = open(item);
    for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
      value.write(buffer, 0, n);
      if (value.size() > LONGEST_FIELD || fields.size() >= MOST_FIELDS) {
        throw Problem.of(
                400,
                "bad_option",
                "An option cannot be used",
                "form field '" + item.getFieldName() + "' is too long, or there are too many")
            .hint("the file itself goes into the part named file")
            .toException();
      }
    }
    return value.toString(UTF_8);
  }

  private static InputStream open(FileItemInput item) throws CutOffException {
    try {
      return item.getInputStream();
    } catch (IOException e) {
      throw new CutOffException(e);
    }
  }

  private static int read(InputStream in, byte[] buffer) throws CutOffException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new CutOffException(e);
    }
  }

  /** The file's name, or the empty text if the file part has not begun. */
  String name() {
    return name;
  }

  /** How many bytes of the file have come. */
  long bytes() {
    return incoming.bytes();
  }

  /** The dataset as far as the form says it by now, or the empty text. */
  String dataset() {
    try {
      return UploadForm.of(name, mediaType, fields, formats).dataset().value();
    } catch (ProblemException e) {
      return "";
    }
  }

  @Override
  public void close() {
    incoming.close();
  }

  /** Stands for the file while none has begun. */
  private static final class NothingYet implements Incoming {
    @Override
    public void write(byte[] bytes, int offset, int length) {
      throw new IllegalStateException("no file has begun");
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public StoredObject keep() {
      throw new IllegalStateException("no file has begun");
    }

    @Override
    public void close() {}
  }
}
