package dev.lakehouse.ingest.upload;

import dev.lakehouse.ingest.compress.Unpacked;
import dev.lakehouse.ingest.format.FileFormat;
import dev.lakehouse.ingest.format.FileHead;
import dev.lakehouse.ingest.format.Formats;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.read.FilePlanner;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an upload says of itself, checked.
 *
 * @param name the file's own name
 * @param mediaType as the uploader gave it
 * @param said the dataset as the uploader named it, or the empty string
 * @param options how to read the file, as far as that was said
 * @param onDuplicate what to do if the dataset has the file already
 */
public record UploadForm(
    String name,
    String mediaType,
    String said,
    Map<String, String> options,
    OnDuplicate onDuplicate) {
  private static final String DATASET = "dataset";

  /**
   * Checks the form's fields.
   *
   * @throws ProblemException 400 for a field that cannot be used, saying how to mend it
   */
  static UploadForm of(String name, String mediaType, Map<String, String> fields, Formats formats) {
    Map<String, String> options = new TreeMap<>(fields);
    String said = options.getOrDefault(DATASET, "");
    options.remove(DATASET);
    OnDuplicate onDuplicate = OnDuplicate.of(options.getOrDefault(OnDuplicate.FIELD, ""));
    options.remove(OnDuplicate.FIELD);
    options.values().removeIf(String::isEmpty);
    try {
      formats.check(options);
    } catch (IllegalArgumentException e) {
      throw Problem.of(
              400, "bad_option", "An option cannot be used", String.valueOf(e.getMessage()))
          .hint(
              "the form takes file, dataset, onDuplicate and "
                  + String.join(", ", formats.options()))
          .toException();
    }
    if (!said.isEmpty()) {
      dataset(said);
    }
    return new UploadForm(name, mediaType, said, options, onDuplicate);
  }

  /**
   * The dataset of this name.
   *
   * @throws ProblemException 400 with the rule and a name that would do
   */
  public static DatasetName dataset(String said) {
    if (DatasetName.isLegal(said)) {
      return new DatasetName(said);
    }
    String hint;
    try {
      hint = "'" + DatasetName.from(said) + "' would do";
    } catch (IllegalArgumentException e) {
      hint = "'my_data' would do";
    }
    throw Problem.of(
            400,
            "bad_dataset_name",
            "The dataset name is not legal",
            "'"
                + said
                + "' is not a dataset name: it starts with a letter a-z and has at most 100 of"
                + " a-z, 0-9 and _")
        .hint(hint)
        .toException();
  }

  /** The dataset that was said, or else the one of the file's name. */
  DatasetName dataset() {
    return said.isEmpty() ? fromFile(name) : dataset(said);
  }

  /** The dataset that was said, or else the format's own, or else the one of the file's name. */
  DatasetName datasetOf(Optional<FileFormat> format) {
    return said.isEmpty()
        ? format.flatMap(FileFormat::dataset).map(DatasetName::new).orElseGet(this::dataset)
        : dataset(said);
  }

  private static DatasetName fromFile(String name) {
    try {
      return DatasetName.fromFile(name);
    } catch (IllegalArgumentException e) {
      throw Problem.of(
              400,
              "bad_dataset_name",
              "The dataset has no name",
              "the form has no dataset, and " + e.getMessage())
          .hint("send a form field dataset with a name of a-z, 0-9 and _")
          .toException();
    }
  }

  /**
   * Looks at the first bytes; empty where they do not tell.
   *
   * @throws ProblemException 422 if the file is empty or certainly cannot be read
   */
  Optional<FileFormat> recognise(FileHead head, Formats formats) {
    try {
      return Unpacked.head(head, options).map(inner -> formats.of(inner, options));
    } catch (UnreadableFileException e) {
      throw FilePlanner.unreadable(e).toException();
    }
  }
}
