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
import dev.lakehouse.ingest.scratch.Scratch;
import dev.lakehouse.ingest.store.ObjectStore;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Decides how a file is read before its first row is. */
public final class FilePlanner {
  /** Above this share of rows that do not fit the dataset's types the file is refused. */
  static final double MOST_MISFITS = 0.5;

  private static final int ROWS_BETWEEN_RESTS = 1_000;

  private final ObjectStore store;
  private final Datasets datasets;
  private final Formats formats;
  private final Limits unpacking;
  private final Scratch scratch;
  private final Turns turns;
  private final HeavyFiles heavy;
  private final BooleanSupplier stopping;

  /**
   * @param scratch where copies of files are made that must be read at several places
   * @param turns passed on while a whole file is looked at
   * @param stopping whether looking at a file is to end
   */
  public FilePlanner(
      ObjectStore store,
      Datasets datasets,
      Formats formats,
      Limits unpacking,
      Scratch scratch,
      Turns turns,
      HeavyFiles heavy,
      BooleanSupplier stopping) {
    this.store = store;
    this.datasets = datasets;
    this.formats = formats;
    this.unpacking = unpacking;
    this.scratch = scratch;
    this.turns = turns;
    this.heavy = heavy;
    this.stopping = stopping;
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
    FileFormat format;
    FileProfile profile;
    try {
      FileSource source = new TurnwiseFile(source(file), turns, stopping);
      format = formats.of(source, file.getOptions());
      profile = profile(file, source, format);
    } catch (UnreadableFileException e) {
      throw Refusal.rejected(unreadable(e));
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

  /** Looks at the whole file, and whether most of it fits a dataset that is there. */
  private FileProfile profile(FileArrived file, FileSource source, FileFormat format)
      throws IOException {
    try (HeavyFiles.Place place = heavy.enter(format)) {
      FileProfile profile = format.profile(source, file.getOptions());
      Optional<Schema> existing = datasets.schema(new DatasetName(file.getDataset()));
      if (existing.isPresent()) {
        refuseMisfits(file, source, format, profile, existing.get());
      }
      return profile;
    }
  }

  /**
   * What was decided of a file whose reading began.
   *
   * @throws Refusal if its dataset's topic is another one now
   */
  Planned resume(IngestProgress reached) {
    DatasetName dataset = new DatasetName(reached.getDataset());
    String topic = datasets.topic(dataset);
    String topicId =
        datasets.describe(topic).map(described -> described.topicId().toString()).orElse("none");
    if (!topicId.equals(reached.getTopicId())) {
      throw Refusal.failed(
          Problem.of(
                  409,
                  "topic_recreated",
                  "The dataset's topic is another one",
                  "topic " + topic + " was deleted while the file was being read")
              .hint("send the file again"));
    }
    Schema schema = new Schema.Parser(NameValidator.UTF_VALIDATOR).parse(reached.getAvroSchema());
    return new Planned(
        ReadingPlan.parse(reached.getDialect()),
        new Datasets.Ready(
            topic, topicId, 0, reached.getSchemaId(), schema, datasets.keys(dataset, schema)));
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

      @Override
      public Scratch scratch() {
        return scratch;
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
    long looked = 0;
    Misfit first = new Misfit("", "");
    try (RowStream rows =
        format.open(source, profile.dialect(), evolved.schema(), evolved.fields())) {
      while (rows.next()) {
        if (++looked % ROWS_BETWEEN_RESTS == 0) {
          source.rest();
        }
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

  /** A file's rows, and its place among the open files. */
  record Opened(RowStream rows, HeavyFiles.Place place) implements Closeable {
    @Override
    public void close() throws IOException {
      try {
        rows.close();
      } finally {
        place.close();
      }
    }
  }

  /**
   * Opens a planned file's rows before the first.
   *
   * @throws Refusal if the plan was made by a reader that is no longer there
   */
  Opened open(FileArrived file, ReadingPlan plan, Schema schema) throws IOException {
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
    HeavyFiles.Place place = heavy.enter(format);
    try {
      return new Opened(
          format.open(source(file), plan.dialect().toString(), schema, plan.fields()), place);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      place.close();
      throw e;
    }
  }
}
