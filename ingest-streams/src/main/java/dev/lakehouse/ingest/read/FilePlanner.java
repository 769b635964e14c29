package dev.lakehouse.ingest.read;

import dev.lakehouse.ingest.compress.Limits;
import dev.lakehouse.ingest.compress.Unpacked;
import dev.lakehouse.ingest.format.FileFormat;
import dev.lakehouse.ingest.format.FileProfile;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.Formats;
import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.RowStream;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.ingest.schema.Datasets.Prepared;
import dev.lakehouse.ingest.schema.Migration;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import dev.lakehouse.ingest.schema.SchemaEvolution.Evolved;
import dev.lakehouse.ingest.store.ObjectStore;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Decides how a file is read before its first row is. */
public final class FilePlanner {
  /** Above this share of rows that do not fit the dataset's types the file is refused. */
  static final double MOST_MISFITS = 0.5;

  private final ObjectStore store;
  private final Datasets datasets;
  private final Formats formats;
  private final Limits unpacking;

  public FilePlanner(ObjectStore store, Datasets datasets, Formats formats, Limits unpacking) {
    this.store = store;
    this.datasets = datasets;
    this.formats = formats;
    this.unpacking = unpacking;
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
    FileSource source;
    FileFormat format;
    FileProfile profile;
    try {
      source = source(file);
      format = formats.of(source, file.getOptions());
      profile = format.profile(source, file.getOptions());
    } catch (UnreadableFileException e) {
      throw Refusal.rejected(unreadable(e));
    }
    Optional<Schema> existing = datasets.schema(dataset);
    if (existing.isPresent()) {
      refuseMisfits(file, source, format, profile, existing.get());
    }
    try {
      Prepared prepared = datasets.prepare(dataset, profile.columns());
      return new Planned(
          ReadingPlan.of(
              file.getOptions(),
              format.name(),
              format.version(),
              profile.dialect(),
              prepared.fields()),
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

  /** What is said of a file that cannot be read as a whole. */
  public static Problem unreadable(UnreadableFileException e) {
    return Problem.of(422, e.code(), "The file cannot be read", String.valueOf(e.getMessage()))
        .hint(e.hint());
  }

  private FileSource source(FileArrived file) throws IOException {
    return Unpacked.of(stored(file), file.getOptions(), unpacking);
  }

  private FileSource stored(FileArrived file) {
    return new FileSource() {
      @Override
      public String name() {
        return file.getName();
      }

      @Override
      public InputStream open() throws IOException {
        return store.open(file.getUri());
      }

      @Override
      public Optional<Path> local() {
        URI uri = URI.create(file.getUri());
        return "file".equals(uri.getScheme()) ? Optional.of(Path.of(uri)) : Optional.empty();
      }
    };
  }

  private void refuseMisfits(
      FileArrived file, FileSource source, FileFormat format, FileProfile profile, Schema existing)
      throws IOException {
    Evolved evolved =
        SchemaEvolution.evolve(
            file.getDataset(),
            Optional.of(existing),
            profile.columns(),
            datasets.keyColumns(new DatasetName(file.getDataset())));
    if (fitsForCertain(profile, evolved)) {
      return;
    }
    long misfits = 0;
    Misfit first = new Misfit("", "");
    try (RowStream rows =
        format.open(source, profile.dialect(), evolved.schema(), evolved.fields())) {
      while (rows.next()) {
        Optional<Misfit> misfit = rows.fit();
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
              .hint(migration(file, evolved, profile)));
    }
  }

  private static String migration(FileArrived file, Evolved evolved, FileProfile profile) {
    Migration migration = Migration.of(evolved.schema(), evolved.fields(), profile.columns());
    String otherwise = "load the file under another dataset name";
    return migration.changes().isEmpty()
        ? otherwise
        : "it would fit if dataset '"
            + file.getDataset()
            + "' had "
            + (migration.changes().size() == 1 ? "column " : "columns ")
            + migration
            + "; or "
            + otherwise;
  }

  private static boolean fitsForCertain(FileProfile profile, Evolved evolved) {
    List<String> fields = evolved.fields();
    for (Schema.Field field : evolved.schema().getFields()) {
      int column = fields.indexOf(field.name());
      boolean lacking = column < 0 || profile.columns().get(column).mayBeNull();
      if (lacking && !field.schema().isNullable() && !field.hasDefaultValue()) {
        return false;
      }
    }
    for (int i = 0; i < fields.size(); i++) {
      Schema type = SchemaEvolution.valueType(evolved.schema().getField(fields.get(i)).schema());
      boolean same = type.equals(profile.columns().get(i).type());
      if (!same && type.getType() != Schema.Type.STRING) {
        return false;
      }
    }
    return true;
  }

  /**
   * Opens a planned file's rows before the first.
   *
   * @throws Refusal if the plan was made by a reader that is no longer there
   */
  RowStream rows(FileArrived file, ReadingPlan plan, Schema schema) throws IOException {
    FileFormat format = formats.named(plan.format());
    if (format.version() != plan.reader()) {
      throw Refusal.failed(
          Problem.of(
                  409,
                  "reader_changed",
                  "The file was begun by another version",
                  "its reading began with version "
                      + plan.reader()
                      + " of the "
                      + plan.format()
                      + " reader and this is version "
                      + format.version())
              .hint("undo the ingest, then send the file again"));
    }
    return format.open(source(file), plan.dialect().toString(), schema, plan.fields());
  }
}
