package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * {@code [maintain]}: tables are kept fast. How long snapshots are kept is {@code [landing]}'s.
 *
 * @param automatic whether tables are merged by themselves; snapshots are expired all the same
 * @param interval how often a table that changes is looked at
 * @param targetFileBytes size of the files that small ones are merged into
 * @param smallFileBytes a smaller file is a small one
 * @param smallFiles more small files than this are merged
 * @param deleteFiles more files of deletes than this are applied
 * @param orphanAge a file that no snapshot names is removed once it is so old
 * @param receiptRetention how long the snapshot that a query read is kept for its receipt
 * @param receipts at most so many snapshots of a table are kept for receipts, the newest ones
 */
public record MaintainConfig(
    boolean automatic,
    Duration interval,
    long targetFileBytes,
    long smallFileBytes,
    int smallFiles,
    int deleteFiles,
    Duration orphanAge,
    Duration receiptRetention,
    int receipts)
    implements Serializable {
  static MaintainConfig from(Settings settings) {
    MaintainConfig config =
        new MaintainConfig(
            settings.flag("maintain.automatic", true),
            settings.duration("maintain.interval", Duration.ofMinutes(1)),
            settings.bytes("maintain.target_file", 128L << 20),
            settings.bytes("maintain.small_file", 16L << 20),
            settings.count("maintain.small_files", 50, 1, 1_000_000),
            settings.count("maintain.delete_files", 20, 0, 1_000_000),
            settings.duration("maintain.orphan_age", Duration.ofDays(3)),
            settings.duration("maintain.receipt_retention", Duration.ofDays(1)),
            settings.count("maintain.receipts", 1_000, 0, 1_000_000));
    if (config.smallFileBytes > config.targetFileBytes) {
      settings.mistake("maintain.small_file", "is larger than maintain.target_file");
    }
    if (config.interval.isZero()) {
      settings.mistake("maintain.interval", "is no time at all");
    }
    return config;
  }
}
