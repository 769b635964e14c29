package dev.lakehouse.ingest.upload;

import dev.lakehouse.ingest.csv.CsvOptions;
import dev.lakehouse.ingest.csv.DialectSniffer;
import dev.lakehouse.ingest.csv.NotCsvException;
import dev.lakehouse.ingest.read.FilePlanner;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an upload says of itself, checked.
 *
 * @param name the file's own name
 * @param mediaType as the uploader gave it
 */
public record UploadForm(String name, String mediaType, DatasetName dataset, CsvOptions options) {
  private static final String DATASET = "dataset";

  /**
   * Checks the form's fields.
   *
   * @throws ProblemException 400 for a field that cannot be used, saying how to mend it
   */
  static UploadForm of(String name, String mediaType, Map<String, String> fields) {
    Map<String, String> options = new HashMap<>(fields);
    Optional<String> dataset = Optional.ofNullable(options.remove(DATASET));
    options.values().removeIf(String::isEmpty);
    try {
      return new UploadForm(
          name,
          mediaType,
          dataset
              .filter(said -> !said.isEmpty())
              .map(UploadForm::dataset)
              .orElseGet(() -> fromFile(name)),
          new CsvOptions(options));
    } catch (IllegalArgumentException e) {
      throw Problem.of(
              400, "bad_option", "An option cannot be used", String.valueOf(e.getMessage()))
          .hint("the form takes file, dataset, delimiter, quote, header and encoding")
          .toException();
    }
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
   * Looks at the first bytes.
   *
   * @param whole whether they are the whole file
   * @throws ProblemException 422 if the file is empty or certainly not CSV
   */
  void check(byte[] head, boolean whole) {
    if (head.length == 0) {
      throw Problem.of(422, "empty_file", "The file is empty", "'" + name + "' has no bytes")
          .hint("send a file with at least a header line")
          .toException();
    }
    try {
      DialectSniffer.sniff(head, whole, options);
    } catch (NotCsvException e) {
      throw FilePlanner.notCsv("'" + name + "': " + e.getMessage()).toException();
    }
  }
}
