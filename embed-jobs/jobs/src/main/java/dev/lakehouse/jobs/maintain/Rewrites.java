package dev.lakehouse.jobs.maintain;

import dev.lakehouse.schemas.config.MaintainConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.PropertyUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rewrites of one table, each committed by itself. For one thread.
 *
 * <p>A rewrite's new files are as old as the deletes that were applied, so that later deletes reach
 * them. But Iceberg 1.11.0 forgets them when it drops, with the same commit, the deletes that are
 * older than every file that stays: those that only the new files need would go. So where there are
 * later deletes, a rewrite is committed only if a file stays that is as old as its own.
 */
final class Rewrites {
  private static final Logger LOG = LoggerFactory.getLogger(Rewrites.class);

  /** So many manifests that are not full are made one. */
  private static final int MOST_MANIFESTS = 20;

  private final MaintainConfig config;
  private final Clock clock;

  Rewrites(MaintainConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * How a group went.
   *
   * @param committed whether the new files are in the table
   * @param removed rows that are no longer in the files
   */
  record Merged(boolean committed, long removed) {}

  /**
   * Writes a group's rows anew and commits them in place of its files, if nobody has changed those
   * meanwhile.
   */
  Merged merge(Table table, FileGroup group) throws IOException, UpkeepException {
    long began = clock.millis();
    TableCommit commit = new TableCommit(table);
    GroupWriter.Written written =
        new GroupWriter(table, group, config.targetFileBytes(), commit.token()).write();
    Duration took = Duration.ofMillis(clock.millis() - began);
    if (took.compareTo(config.orphanAge().dividedBy(2)) > 0) {
      // The new files would soon look like orphans to somebody else.
      LOG.warn("a rewrite of {} is given up: it took {}", table.name(), took);
      GroupWriter.delete(table, written.files());
      return new Merged(false, 0);
    }
    boolean committed =
        commit.commit(
            now -> {
              RewriteFiles rewrite =
                  now.newRewrite()
                      .validateFromSnapshot(group.snapshotId())
                      .dataSequenceNumber(group.sequence());
              group.files().forEach(task -> rewrite.deleteFile(task.file()));
              written.files().forEach(rewrite::addFile);
              return rewrite;
            },
            parent -> keepsLaterDeletes(table, parent, group));
    if (!committed) {
      GroupWriter.delete(table, written.files());
    }
    return new Merged(committed, committed ? written.removed() : 0);
  }

  /** Whether the deletes that come after the group's are still in the table with its commit. */
  private static boolean keepsLaterDeletes(Table table, Snapshot parent, FileGroup group)
      throws IOException {
    return !hasLaterDeletes(table, parent, group.sequence()) || hasOlderFile(table, parent, group);
  }

  private static boolean hasLaterDeletes(Table table, Snapshot parent, long sequence)
      throws IOException {
    for (ManifestFile manifest : parent.deleteManifests(table.io())) {
      if (manifest.sequenceNumber() > sequence) {
        try (ManifestReader<DeleteFile> deletes =
            ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
          for (DeleteFile delete : deletes) {
            if (FilePlanner.sequence(delete) > sequence) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  private static boolean hasOlderFile(Table table, Snapshot parent, FileGroup group)
      throws IOException {
    Set<String> replaced = new HashSet<>();
    group.files().forEach(task -> replaced.add(task.file().location()));
    for (ManifestFile manifest : parent.dataManifests(table.io())) {
      if (manifest.minSequenceNumber() <= group.sequence()) {
        try (ManifestReader<DataFile> files =
            ManifestFiles.read(manifest, table.io(), table.specs())) {
          for (DataFile file : files) {
            if (FilePlanner.sequence(file) <= group.sequence()
                && !replaced.contains(file.location())) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  /** Takes out of the table the files of deletes that reach no file any more. */
  void dropIdleDeletes(Table table) throws IOException {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null || snapshot.deleteManifests(table.io()).isEmpty()) {
      return;
    }
    Set<String> needed = new HashSet<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
      tasks.forEach(task -> task.deletes().forEach(delete -> needed.add(delete.location())));
    }
    List<DeleteFile> idle = new ArrayList<>();
    for (ManifestFile manifest : snapshot.deleteManifests(table.io())) {
      try (ManifestReader<DeleteFile> deletes =
          ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
        for (DeleteFile delete : deletes) {
          if (!needed.contains(delete.location())) {
            idle.add(delete.copyWithoutStats());
          }
        }
      }
    }
    if (!idle.isEmpty()) {
      var unused =
          new TableCommit(table)
              .commit(
                  now -> {
                    RewriteFiles rewrite =
                        now.newRewrite().validateFromSnapshot(snapshot.snapshotId());
                    idle.forEach(rewrite::deleteFile);
                    return rewrite;
                  });
    }
  }

  /** Makes few manifests of many that are not full. */
  void mergeManifests(Table table) {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return;
    }
    long full =
        PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.MANIFEST_TARGET_SIZE_BYTES,
                TableProperties.MANIFEST_TARGET_SIZE_BYTES_DEFAULT)
            / 2;
    long some =
        snapshot.dataManifests(table.io()).stream()
            .filter(manifest -> manifest.length() < full)
            .count();
    if (some > MOST_MANIFESTS) {
      var unused =
          new TableCommit(table)
              .commit(
                  now ->
                      now.rewriteManifests()
                          .clusterBy(file -> file.specId())
                          .rewriteIf(manifest -> manifest.length() < full));
    }
  }
}
