package dev.lakehouse.schemas.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.http.ErrorForm;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.table.LakeCatalog;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.Endpoint;
import org.apache.iceberg.rest.RESTCatalogProperties;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.RenameTableRequest;
import org.apache.iceberg.rest.requests.ReportMetricsRequest;
import org.apache.iceberg.rest.requests.UpdateNamespacePropertiesRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ListNamespacesResponse;
import org.apache.iceberg.rest.responses.ListTablesResponse;
import org.apache.iceberg.rest.responses.LoadTableResponse;

/**
 * The catalog by the Iceberg REST specification, under {@code /iceberg}. A commit's requirements
 * are checked against the newest state, and the swap to the new state is one compare-and-set of the
 * catalog behind; where another writer came between, it is tried again only while the requirements
 * still hold. Views and commits to several tables at once are not served: the catalog behind swaps
 * one table at a time.
 */
public final class IcebergRoutes implements Routes {
  /** Where the catalog is; clients are given this as its address. */
  public static final String PATH = "/iceberg";

  private static final List<Endpoint> ENDPOINTS =
      List.of(
          Endpoint.V1_LIST_NAMESPACES,
          Endpoint.V1_CREATE_NAMESPACE,
          Endpoint.V1_LOAD_NAMESPACE,
          Endpoint.V1_NAMESPACE_EXISTS,
          Endpoint.V1_UPDATE_NAMESPACE,
          Endpoint.V1_DELETE_NAMESPACE,
          Endpoint.V1_LIST_TABLES,
          Endpoint.V1_CREATE_TABLE,
          Endpoint.V1_REGISTER_TABLE,
          Endpoint.V1_LOAD_TABLE,
          Endpoint.V1_TABLE_EXISTS,
          Endpoint.V1_UPDATE_TABLE,
          Endpoint.V1_DELETE_TABLE,
          Endpoint.V1_RENAME_TABLE,
          Endpoint.V1_REPORT_METRICS);
  private static final int NAMESPACE_SEGMENT = 4;
  private static final int TABLE_SEGMENT = 6;

  private final Catalog catalog;
  private final SupportsNamespaces namespaces;
  private final WarehouseBounds bounds;
  private final Watch watch;

  /** Is told of each request. */
  @FunctionalInterface
  public interface Watch {
    /**
     * A request was answered.
     *
     * @param operation {@code load_table}, {@code commit} and so on
     * @param status of the answer
     */
    void answered(String operation, int status, Duration took);
  }

  /**
   * @param lake the catalog behind; stays the caller's to close
   * @param warehouse where its tables lie; requests that point elsewhere are refused
   */
  public IcebergRoutes(LakeCatalog lake, String warehouse, Watch watch) {
    this.catalog = lake.catalog();
    this.namespaces = lake.namespaces();
    this.bounds = new WarehouseBounds(warehouse);
    this.watch = watch;
  }

  @Override
  public void mount(RoutesConfig routes) {
    routes.get("/iceberg/v1/config", asked("config", this::config));
    routes.get("/iceberg/v1/namespaces", asked("list_namespaces", this::listNamespaces));
    routes.post("/iceberg/v1/namespaces", asked("create_namespace", this::createNamespace));
    routes.get("/iceberg/v1/namespaces/{namespace}", asked("load_namespace", this::loadNamespace));
    routes.head(
        "/iceberg/v1/namespaces/{namespace}", asked("namespace_exists", this::namespaceExists));
    routes.delete(
        "/iceberg/v1/namespaces/{namespace}", asked("drop_namespace", this::dropNamespace));
    routes.post(
        "/iceberg/v1/namespaces/{namespace}/properties",
        asked("update_namespace", this::updateNamespace));
    routes.get("/iceberg/v1/namespaces/{namespace}/tables", asked("list_tables", this::listTables));
    routes.post(
        "/iceberg/v1/namespaces/{namespace}/tables", asked("create_table", this::createTable));
    routes.post(
        "/iceberg/v1/namespaces/{namespace}/register", asked("register", this::registerTable));
    routes.get(
        "/iceberg/v1/namespaces/{namespace}/tables/{table}", asked("load_table", this::loadTable));
    routes.head(
        "/iceberg/v1/namespaces/{namespace}/tables/{table}",
        asked("table_exists", this::tableExists));
    routes.post(
        "/iceberg/v1/namespaces/{namespace}/tables/{table}", asked("commit", true, this::commit));
    routes.delete(
        "/iceberg/v1/namespaces/{namespace}/tables/{table}", asked("drop_table", this::dropTable));
    routes.post(
        "/iceberg/v1/namespaces/{namespace}/tables/{table}/metrics",
        asked("metrics", this::metrics));
    routes.post("/iceberg/v1/tables/rename", asked("rename_table", this::renameTable));
  }

  @Override
  public Optional<ErrorForm> errors() {
    return Optional.of(new IcebergErrors());
  }

  /** What answers one kind of request. */
  private interface Operation {
    void answer(Context context) throws IOException;
  }

  private Handler asked(String name, Operation operation) {
    return asked(name, false, operation);
  }

  private Handler asked(String name, boolean commit, Operation operation) {
    return context -> {
      long began = System.nanoTime();
      try {
        operation.answer(context);
      } catch (RuntimeException failed) {
        IcebergErrors.answer(context, failed, commit);
      } finally {
        watch.answered(name, context.statusCode(), Duration.ofNanos(System.nanoTime() - began));
      }
    };
  }

  private void config(Context context) throws IOException {
    IcebergJson.answer(context, ConfigResponse.builder().withEndpoints(ENDPOINTS).build());
  }

  private void listNamespaces(Context context) throws IOException {
    String parent = context.queryParam("parent");
    List<Namespace> all =
        parent == null || parent.isEmpty()
            ? namespaces.listNamespaces()
            : namespaces.listNamespaces(RESTUtil.namespaceFromQueryParam(parent));
    Page<Namespace> page = Page.of(context, all, Namespace::toString);
    IcebergJson.answer(
        context,
        ListNamespacesResponse.builder().addAll(page.items()).nextPageToken(page.next()).build());
  }

  private void createNamespace(Context context) throws IOException {
    CreateNamespaceRequest request = IcebergJson.body(context, CreateNamespaceRequest.class);
    IcebergJson.answer(context, CatalogHandlers.createNamespace(namespaces, request));
  }

  private void loadNamespace(Context context) throws IOException {
    IcebergJson.answer(context, CatalogHandlers.loadNamespace(namespaces, namespace(context)));
  }

  private void namespaceExists(Context context) {
    CatalogHandlers.namespaceExists(namespaces, namespace(context));
    context.status(204);
  }

  private void dropNamespace(Context context) {
    CatalogHandlers.dropNamespace(namespaces, namespace(context));
    context.status(204);
  }

  private void updateNamespace(Context context) throws IOException {
    var request = IcebergJson.body(context, UpdateNamespacePropertiesRequest.class);
    IcebergJson.answer(
        context,
        CatalogHandlers.updateNamespaceProperties(namespaces, namespace(context), request));
  }

  private void listTables(Context context) throws IOException {
    List<TableIdentifier> all = catalog.listTables(namespace(context));
    Page<TableIdentifier> page = Page.of(context, all, TableIdentifier::name);
    IcebergJson.answer(
        context,
        ListTablesResponse.builder().addAll(page.items()).nextPageToken(page.next()).build());
  }

  private void createTable(Context context) throws IOException {
    CreateTableRequest request = IcebergJson.body(context, CreateTableRequest.class);
    bounds.check(request);
    CatalogHandlers.namespaceExists(namespaces, namespace(context));
    answer(
        context,
        request.stageCreate()
            ? CatalogHandlers.stageTableCreate(catalog, namespace(context), request)
            : CatalogHandlers.createTable(catalog, namespace(context), request));
  }

  private void registerTable(Context context) throws IOException {
    RegisterTableRequest request = IcebergJson.body(context, RegisterTableRequest.class);
    bounds.check(request);
    CatalogHandlers.namespaceExists(namespaces, namespace(context));
    answer(context, CatalogHandlers.registerTable(catalog, namespace(context), request));
  }

  private void loadTable(Context context) throws IOException {
    SnapshotMode mode =
        switch (Optional.ofNullable(context.queryParam("snapshots")).orElse("all")) {
          case "all" -> SnapshotMode.ALL;
          case "refs" -> SnapshotMode.REFS;
          default -> throw new IllegalArgumentException("snapshots is all or refs");
        };
    LoadTableResponse table = CatalogHandlers.loadTable(catalog, table(context), mode);
    String tag = tag(table, mode);
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
      return;
    }
    context.header("ETag", tag);
    IcebergJson.answer(context, table);
  }

  private void tableExists(Context context) {
    CatalogHandlers.tableExists(catalog, table(context));
    context.status(204);
  }

  private void commit(Context context) throws IOException {
    UpdateTableRequest request = IcebergJson.body(context, UpdateTableRequest.class);
    bounds.check(request);
    answer(context, CatalogHandlers.updateTable(catalog, table(context), request));
  }

  private void dropTable(Context context) {
    if (Boolean.parseBoolean(context.queryParam("purgeRequested"))) {
      CatalogHandlers.purgeTable(catalog, table(context));
    } else {
      CatalogHandlers.dropTable(catalog, table(context));
    }
    context.status(204);
  }

  private void renameTable(Context context) throws IOException {
    RenameTableRequest request = IcebergJson.body(context, RenameTableRequest.class);
    CatalogHandlers.renameTable(catalog, request);
    context.status(204);
  }

  /** Readers' own measurements; they are taken and not kept. */
  private void metrics(Context context) throws IOException {
    var unused = IcebergJson.body(context, ReportMetricsRequest.class);
    context.status(204);
  }

  private static void answer(Context context, LoadTableResponse table) throws IOException {
    if (table.metadataLocation() != null) {
      context.header("ETag", tag(table, SnapshotMode.ALL));
    }
    IcebergJson.answer(context, table);
  }

  /** A state of a table is one metadata file, which is never written twice. */
  private static String tag(LoadTableResponse table, SnapshotMode mode) {
    String state = mode + " " + table.metadataLocation();
    return '"' + UUID.nameUUIDFromBytes(state.getBytes(UTF_8)).toString() + '"';
  }

  private static Namespace namespace(Context context) {
    return RESTUtil.decodeNamespace(
        segment(context, NAMESPACE_SEGMENT), RESTCatalogProperties.NAMESPACE_SEPARATOR_DEFAULT);
  }

  private static TableIdentifier table(Context context) {
    return TableIdentifier.of(
        namespace(context), RESTUtil.decodeString(segment(context, TABLE_SEGMENT)));
  }

  /** A part of the path as it was sent: Iceberg's client encodes names in a way of its own. */
  private static String segment(Context context, int number) {
    return context.req().getRequestURI().split("/", -1)[number];
  }
}
