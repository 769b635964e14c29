package dev.lakehouse.schemas.iceberg;

import dev.lakehouse.schemas.table.LocalFileIO;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tables lie in the warehouse. The server reads and writes metadata where a request says, so a
 * request that says elsewhere would read and write any file of the server's; and the query engine
 * reads nothing outside of the warehouse.
 */
final class WarehouseBounds {
  private static final List<String> PATHS =
      List.of(
          TableProperties.WRITE_METADATA_LOCATION,
          TableProperties.WRITE_DATA_LOCATION,
          "write.object-storage.path",
          "write.folder-storage.path");

  private final String warehouse;

  WarehouseBounds(String warehouse) {
    this.warehouse = normal(warehouse);
  }

  /**
   * @throws ForbiddenException if the table would lie elsewhere
   */
  void check(CreateTableRequest request) {
    check(request.location());
    check(request.properties());
  }

  /**
   * @throws ForbiddenException if the table would move elsewhere
   */
  void check(UpdateTableRequest request) {
    for (MetadataUpdate update : request.updates()) {
      if (update instanceof MetadataUpdate.SetLocation moved) {
        check(moved.location());
      } else if (update instanceof MetadataUpdate.SetProperties set) {
        check(set.updated());
      }
    }
  }

  /**
   * @throws ForbiddenException if the table's metadata lies elsewhere
   */
  void check(RegisterTableRequest request) {
    check(request.metadataLocation());
  }

  private void check(Map<String, String> properties) {
    PATHS.forEach(path -> check(properties.get(path)));
  }

  private void check(@Nullable String location) {
    if (location != null && !normal(location).startsWith(warehouse)) {
      throw new ForbiddenException("%s is not in the warehouse %s", location, warehouse);
    }
  }

  /** Whether a request says itself where the table is to lie. */
  static boolean saysWhere(CreateTableRequest request) {
    return request.location() != null || PATHS.stream().anyMatch(request.properties()::containsKey);
  }

  /** Whether a request moves the table, or what will be written of it. */
  static boolean saysWhere(UpdateTableRequest request) {
    return request.updates().stream()
        .anyMatch(
            update ->
                update instanceof MetadataUpdate.SetLocation
                    || (update instanceof MetadataUpdate.SetProperties set
                        && PATHS.stream().anyMatch(set.updated()::containsKey)));
  }

  /** Whether a file lies in a directory. */
  static boolean isBelow(@Nullable String file, String directory) {
    return file != null && normal(file).startsWith(normal(directory));
  }

  /** With a slash at the end and without ways up; a local path without its scheme. */
  private static String normal(String location) {
    boolean local = location.startsWith("file:") || location.startsWith("/");
    String path =
        local
            ? LocalFileIO.path(location).normalize().toString()
            : URI.create(location.replace(" ", "%20")).normalize().toString();
    return path.endsWith("/") ? path : path + "/";
  }
}
