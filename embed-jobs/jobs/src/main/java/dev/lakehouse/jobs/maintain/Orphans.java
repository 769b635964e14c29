package dev.lakehouse.jobs.maintain;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LocalFileIO;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * Removes files that no snapshot names: those of commits that never came to be. Only such as are
 * old enough that no rewrite is at work on them, and only while the landing has nothing left to
 * commit that it wrote before.
 */
final class Orphans {
  private final LakeCatalog catalog;
  private final Landing landing;
  private final Duration age;
  private final Clock clock;

  Orphans(LakeCatalog catalog, Landing landing, Duration age, Clock clock) {
    this.catalog = catalog;
    this.landing = landing;
    this.age = age;
    this.clock = clock;
  }

  /**
   * What was removed.
   *
   * @param leftFor why they were not looked for; empty if they were
   */
  record Removed(long files, long bytes, String leftFor) {
    static Removed nothing(String why) {
      return new Removed(0, 0, why);
    }
  }

  Removed remove(DatasetName dataset, Table table) throws IOException {
    Optional<String> unsettled = landing.unsettled(dataset, table);
    if (unsettled.isPresent()) {
      return Removed.nothing(unsettled.get());
    }
    if (!(table.io() instanceof SupportsPrefixOperations storage)) {
      return Removed.nothing("the storage does not list its files");
    }
    Map<String, FileInfo> left = old(storage, table.location());
    Set<Long> seen = new HashSet<>();
    keepNamed(table, left, seen);
    if (left.isEmpty()) {
      return new Removed(0, 0, "");
    }
    Optional<String> neighbour = neighbour(table);
    if (neighbour.isPresent()) {
      return Removed.nothing("the table " + neighbour.get() + " shares its directory");
    }
    unsettled = landing.unsettled(dataset, table);
    if (unsettled.isPresent()) {
      return Removed.nothing(unsettled.get());
    }
    table.refresh();
    keepNamed(table, left, seen);
    long bytes = 0;
    for (FileInfo file : left.values()) {
      table.io().deleteFile(file.location());
      bytes += file.size();
    }
    return new Removed(left.size(), bytes, "");
  }

  private Map<String, FileInfo> old(SupportsPrefixOperations storage, String location) {
    long before = clock.instant().minus(age).toEpochMilli();
    Map<String, FileInfo> old = new HashMap<>();
    for (FileInfo file : storage.listPrefix(location)) {
      if (file.createdAtMillis() < before) {
        old.put(place(file.location()), file);
      }
    }
    return old;
  }

  /** Takes out what the table's metadata and its snapshots name, but for those seen before. */
  private static void keepNamed(Table table, Map<String, FileInfo> left, Set<Long> seen)
      throws IOException {
    TableMetadata metadata = ((HasTableOperations) table).operations().current();
    left.remove(place(metadata.metadataFileLocation()));
    metadata.previousFiles().forEach(file -> left.remove(place(file.file())));
    metadata.statisticsFiles().forEach(file -> left.remove(place(file.path())));
    metadata.partitionStatisticsFiles().forEach(file -> left.remove(place(file.path())));
    Set<String> manifests = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      if (seen.add(snapshot.snapshotId()) && !left.isEmpty()) {
        left.remove(place(snapshot.manifestListLocation()));
        for (ManifestFile manifest : snapshot.allManifests(table.io())) {
          if (manifests.add(manifest.path())) {
            left.remove(place(manifest.path()));
            keepFiles(table, manifest, left);
          }
        }
      }
    }
  }

  private static void keepFiles(Table table, ManifestFile manifest, Map<String, FileInfo> left)
      throws IOException {
    if (manifest.content() == ManifestContent.DATA) {
      try (CloseableIterable<String> paths =
          ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
        paths.forEach(path -> left.remove(place(path)));
      }
    } else {
      try (ManifestReader<? extends ContentFile<?>> deletes =
          ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
        deletes.forEach(file -> left.remove(place(file.location())));
      }
    }
  }

  /** Another table whose files are in the directory, or the other way round. */
  private Optional<String> neighbour(Table table) {
    String ours = place(table.location()) + "/";
    for (Namespace namespace : catalog.namespaces().listNamespaces()) {
      for (TableIdentifier other : catalog.catalog().listTables(namespace)) {
        Table found = catalog.catalog().loadTable(other);
        String theirs = place(found.location()) + "/";
        if (!found.uuid().equals(table.uuid())
            && (ours.startsWith(theirs) || theirs.startsWith(ours))) {
          return Optional.of(other.toString());
        }
      }
    }
    return Optional.empty();
  }

  /** The same for each spelling of a location. */
  private static String place(String location) {
    return location.startsWith("file:") || location.startsWith("/")
        ? LocalFileIO.path(location).normalize().toString()
        : location;
  }
}
