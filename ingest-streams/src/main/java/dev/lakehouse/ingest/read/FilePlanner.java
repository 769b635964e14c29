package dev.lakehouse.ingest.read;

import dev.lakehouse.ingest.csv.CsvOptions;
import dev.lakehouse.ingest.csv.CsvRows;
import dev.lakehouse.ingest.csv.FileProfile;
import dev.lakehouse.ingest.csv.FileProfiler;
import dev.lakehouse.ingest.csv.NotCsvException;
import dev.lakehouse.ingest.csv.RowBuffer;
import dev.lakehouse.ingest.csv.RowEncoder;
import dev.lakehouse.ingest.csv.RowEncoder.Misfit;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.ingest.schema.Datasets.Prepared;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import dev.lakehouse.ingest.schema.SchemaEvolution.Evolved;
import dev.lakehouse.ingest.store.ObjectStore;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Decides how a file is read before its first row is. */
public final class FilePlanner {
  /** Above this share of rows that do not fit the dataset's types the file is refused. */
  static final double MOST_MISFITS = 0.5;

  private final ObjectStore store;
  private final Datasets datasets;

  public FilePlanner(ObjectStore store, Datasets datasets) {
    this.store = store;
    this.datasets = datasets;
  }

  /** A decided file: the plan, and the dataset that is ready for its rows. */
  record Planned(ReadingPlan plan, Datasets.Ready dataset) {}

  /**
   * Profiles the file and makes its dataset ready.
   *
   * @throws Refusal if the file cannot be read at all, or does not fit the dataset
   */
  Planned plan(FileArrived file) throws IOException {
    DatasetName dataset = new DatasetName(file.getDataset());
    FileProfile profile;
    try {
      profile =
          FileProfiler.profile(() -> store.open(file.getUri()), new CsvOptions(file.getOptions()));
    } catch (NotCsvException e) {
      throw Refusal.rejected(notCsv(String.valueOf(e.getMessage())));
    }
    Optional<Schema> existing = datasets.schema(dataset);
    if (existing.isPresent()) {
      refuseMisfits(file, profile, existing.get());
    }
    try {
      Prepared prepared = datasets.prepare(dataset, profile.columns());
      return new Planned(
          new ReadingPlan(file.getOptions(), profile.dialect(), prepared.fields()),
          prepared.dataset());
    } catch (RegistryException.Incompatible e) {
      throw Refusal.rejected(
          Problem.of(
                  409,
                  "schema_conflict",
                  "The columns do not fit the dataset",
                  String.valueOf(e.getMessage()))
              .hint("load the file under another dataset name"));
    }
  }

  /** What is said of a file that is no CSV. */
  public static Problem notCsv(String what) {
    return Problem.of(422, "not_csv", "The file is not CSV", what)
        .hint(
            "send text with one record a line; say delimiter, quote, header or encoding as form"
                + " fields if they are unusual");
  }

  private void refuseMisfits(FileArrived file, FileProfile profile, Schema existing)
      throws IOException {
    Evolved evolved =
        SchemaEvolution.evolve(file.getDataset(), Optional.of(existing), profile.columns());
    if (fitsForCertain(profile, evolved)) {
      return;
    }
    RowEncoder encoder = new RowEncoder(evolved.schema(), evolved.fields());
    long misfits = 0;
    Misfit first = new Misfit("", "");
    try (CsvRows rows = CsvRows.open(store.open(file.getUri()), profile.dialect())) {
      if (profile.dialect().header() && rows.hasNext()) {
        rows.next();
      }
      while (rows.hasNext()) {
        Optional<Misfit> misfit = encoder.take(rows.next());
        if (misfit.isPresent()) {
          first = misfits == 0 ? misfit.get() : first;
          misfits++;
        }
      }
    }
    if (misfits > profile.rows() * MOST_MISFITS) {
      throw Refusal.rejected(
          Problem.of(
                  409,
                  "schema_misfit",
                  "The file does not fit the dataset",
                  misfits
                      + " of "
                      + profile.rows()
                      + " rows do not fit the types of dataset '"
                      + file.getDataset()
                      + "'; the first: "
                      + first.reason())
              .hint(
                  "load the file under another dataset name, or make the column a string by loading"
                      + " the dataset anew"));
    }
  }

  private static boolean fitsForCertain(FileProfile profile, Evolved evolved) {
    List<String> fields = evolved.fields();
    for (int i = 0; i < fields.size(); i++) {
      Schema type = SchemaEvolution.valueType(evolved.schema().getField(fields.get(i)).schema());
      boolean same = type.equals(profile.columns().get(i).type());
      if (!same && type.getType() != Schema.Type.STRING) {
        return false;
      }
    }
    return true;
  }

  /** Opens a file's rows at the first that is not its header. */
  CsvRows rows(FileArrived file, ReadingPlan plan) throws IOException {
    CsvRows rows = CsvRows.open(store.open(file.getUri()), plan.dialect());
    if (plan.dialect().header() && rows.hasNext()) {
      RowBuffer header = rows.next();
      if (header.fields() != plan.fields().size()) {
        throw new IOException("the object " + file.getUri() + " is not the file that was planned");
      }
    }
    return rows;
  }
}
