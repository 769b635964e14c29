package dev.lakehouse.jobs;

import dev.lakehouse.schemas.table.LandedState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * A JDBC catalog whose commits of landed offsets, or of rewritten files, go wrong on demand. The
 * catalog property {@code faults.dir} names a directory; a file there named like a {@link Fault}
 * with {@code @table} behind it, or {@code @table.rewrite}, holds how many of the next commits go
 * wrong that way. Works across processes.
 */
public final class FaultyCatalog extends JdbcCatalog {
  /** What goes wrong with a commit. */
  public enum Fault {
    /** The catalog fails and nothing is committed. */
    FAILED,
    /** It is committed, and the answer does not arrive. */
    LOST_ANSWER,
    /** It is committed, and the answer says that it was not. */
    COMMITTED_BUT_FAILED,
    /** The process ends before the commit. */
    HALT_BEFORE,
    /** The process ends right after the commit. */
    HALT_AFTER
  }

  /** Behind a table's name: faults of the commits that rewrite its files. */
  public static final String REWRITE = ".rewrite";

  private Path dir = Path.of(".");

  /** Lets the next commits go wrong. */
  public static void plan(Path dir, Fault fault, String table, int times) {
    try {
      Files.createDirectories(dir);
      Files.writeString(dir.resolve(file(fault, table)), Integer.toString(times));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many of the planned ones are still to come. */
  public static int left(Path dir, Fault fault, String table) {
    try {
      Path file = dir.resolve(file(fault, table));
      return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(Fault fault, String table) {
    return fault.name() + "@" + table;
  }

  @Override
  public void initialize(String name, Map<String, String> properties) {
    super.initialize(name, properties);
    dir = Path.of(properties.getOrDefault("faults.dir", "."));
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier identifier) {
    return new Faulty(super.newTableOps(identifier), identifier.name());
  }

  private final class Faulty implements TableOperations {
    private final TableOperations real;
    private final String table;

    Faulty(TableOperations real, String table) {
      this.real = real;
      this.table = table;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
      String kind = kind(base, metadata);
      if (comes(Fault.HALT_BEFORE, kind)) {
        Runtime.getRuntime().halt(1);
      } else if (comes(Fault.FAILED, kind)) {
        throw new IllegalStateException("the catalog fails, as planned");
      }
      real.commit(base, metadata);
      if (comes(Fault.HALT_AFTER, kind)) {
        Runtime.getRuntime().halt(1);
      } else if (comes(Fault.LOST_ANSWER, kind)) {
        throw new CommitStateUnknownException(new IOException("the answer is lost, as planned"));
      } else if (comes(Fault.COMMITTED_BUT_FAILED, kind)) {
        throw new CommitFailedException("answered as failed, as planned");
      }
    }

    /** Under what name faults of this commit are planned; empty if none are. */
    private String kind(TableMetadata base, TableMetadata metadata) {
      if (base == null) {
        return "";
      } else if (!metadata
          .properties()
          .getOrDefault(LandedState.OFFSETS, "")
          .equals(base.properties().get(LandedState.OFFSETS))) {
        return table;
      }
      return rewrite(metadata).equals(rewrite(base)) ? "" : table + REWRITE;
    }

    private static String rewrite(TableMetadata metadata) {
      return metadata.currentSnapshot() == null
          ? ""
          : metadata.currentSnapshot().summary().getOrDefault("lakehouse.rewrite", "");
    }

    private boolean comes(Fault fault, String kind) {
      int left = kind.isEmpty() ? 0 : left(dir, fault, kind);
      if (left > 0) {
        plan(dir, fault, kind, left - 1);
      }
      return left > 0;
    }

    @Override
    public TableMetadata current() {
      return real.current();
    }

    @Override
    public TableMetadata refresh() {
      return real.refresh();
    }

    @Override
    public FileIO io() {
      return real.io();
    }

    @Override
    public EncryptionManager encryption() {
      return real.encryption();
    }

    @Override
    public String metadataFileLocation(String fileName) {
      return real.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
      return real.locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
      return real.temp(uncommitted);
    }

    @Override
    public long newSnapshotId() {
      return real.newSnapshotId();
    }
  }
}
