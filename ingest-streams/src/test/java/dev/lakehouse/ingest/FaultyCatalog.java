package dev.lakehouse.ingest;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** A JDBC catalog whose commits that undo an ingest go wrong as a test says. */
public final class FaultyCatalog extends JdbcCatalog {
  private static final BlockingQueue<Fault> FAULTS = new LinkedBlockingQueue<>();

  /** What goes wrong with a commit. */
  enum Fault {
    /** Nothing is committed. */
    FAILED,
    /** It is committed, and the answer does not arrive. */
    LOST_ANSWER,
    /** It is committed, and the answer says that it was not. */
    COMMITTED_BUT_FAILED
  }

  /** The next commits that undo something go wrong so, in this order. */
  static void plan(Fault... faults) {
    FAULTS.addAll(java.util.List.of(faults));
  }

  /** How many faults have not happened yet. */
  static int pending() {
    return FAULTS.size();
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier identifier) {
    return new Faulty(super.newTableOps(identifier));
  }

  private static final class Faulty implements TableOperations {
    private final TableOperations real;

    Faulty(TableOperations real) {
      this.real = real;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
      boolean undoes =
          base != null
              && metadata.currentSnapshot() != null
              && !metadata.currentSnapshot().equals(base.currentSnapshot())
              && metadata.currentSnapshot().summary().containsKey("lakehouse.undone");
      Optional<Fault> fault = undoes ? Optional.ofNullable(FAULTS.poll()) : Optional.empty();
      if (fault.filter(Fault.FAILED::equals).isPresent()) {
        throw new IllegalStateException("the catalog fails, as planned");
      }
      real.commit(base, metadata);
      if (fault.filter(Fault.LOST_ANSWER::equals).isPresent()) {
        throw new CommitStateUnknownException(new IOException("the answer is lost, as planned"));
      } else if (fault.filter(Fault.COMMITTED_BUT_FAILED::equals).isPresent()) {
        throw new CommitFailedException("answered as failed, as planned");
      }
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
