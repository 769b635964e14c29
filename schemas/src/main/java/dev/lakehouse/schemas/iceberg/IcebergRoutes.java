package dev.lakehouse.schemas.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.http.Door;
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
  private final IcebergErrors errors = new IcebergErrors();

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
    Door namespace = Door.known("of other namespaces than `lake`, `read` on all datasets");
    routes.get("/iceberg/v1/config", asked("config", this::config), Door.known());
    routes.get("/iceberg/v1/namespaces", asked("list_namespaces", this::listNamespaces), namespace);
    routes.post(
        "/iceberg/v1/namespaces",
        asked("create_namespace", this::createNamespace),
        Door.all(Grant.MANAGE));
    routes.get(
        "/iceberg/v1/namespaces/{namespace}",
        asked("load_namespace", this::loadNamespace),
        namespace);
    routes.head(
        "/iceberg/v1/namespaces/{namespace}",
        asked("namespace_exists", this::namespaceExists),
        namespace);
    routes.delete(
        "/iceberg/v1/namespaces/{namespace}",
        asked("drop_namespace", this::dropNamespace),
        Door.all(Grant.MANAGE));
    routes.post(
        "/iceberg/v1/namespaces/{namespace}/properties",
        asked("update_namespace", this::updateNamespace),
        Door.all(Grant.MANAGE));
    routes.get(
        "/iceberg/v1/namespaces/{namespace}/tables",
        asked("list_tables", this::listTables),
        Door.lists(Grant.READ));
    routes.post(
        "/iceberg/v1/namespaces/{namespace}/tables",
        asked("create_table", this::createTable),
        Door.asks("the table, or on all if the request says where it lies", Grant.MANAGE));
    routes.post(
        "/iceberg/v1/namespaces/{namespace}/register",
        asked("register", this::registerTable),
        Door.all(Grant.RAW, Grant.MANAGE));
    routes.get(
        "/iceberg/v1/namespaces/{namespace}/tables/{table}",
        asked("load_table", this::loadTable),
        Door.asks("the table", Grant.RAW));
    routes.head(
        "/iceberg/v1/namespaces/{namespace}/tables/{table}",
        asked("table_exists", this::tableExists),
        Door.known("any grant on the table"));
    routes.post(
        "/iceberg/v1/namespaces/{namespace}/tables/{table}",
        asked("commit", true, this::commit),
        Door.asks("the table, or on all if it is moved", Grant.RAW, Grant.MANAGE));
    routes.delete(
        "/iceberg/v1/namespaces/{namespace}/tables/{table}",
        asked("drop_table", this::dropTable),
        Door.asks("the table", Grant.MANAGE));
    routes.post(
        "/iceberg/v1/namespaces/{namespace}/tables/{table}/metrics",
        asked("metrics", this::metrics),
        Door.asks("the table", Grant.RAW));
    routes.post(
        "/iceberg/v1/tables/rename",
        asked("rename_table", this::renameTable),
        Door.asks("the table, and `manage` on its new name", Grant.RAW, Grant.MANAGE));
  }

  @Override
  public Optional<ErrorForm> errors() {
    return Optional.of(errors);
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
        errors.answer(context, failed, commit);
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
    TableGrants grants = TableGrants.of(context);
    List<Namespace> shown = all.stream().filter(grants::shows).toList();
    Page<Namespace> page = Page.of(context, shown, Namespace::toString);
    IcebergJson.answer(
        context,
        ListNamespacesResponse.builder().addAll(page.items()).nextPageToken(page.next()).build());
  }

  private void createNamespace(Context context) throws IOException {
    CreateNamespaceRequest request = IcebergJson.body(context, CreateNamespaceRequest.class);
    IcebergJson.answer(context, CatalogHandlers.createNamespace(namespaces, request));
  }

  private void loadNamespace(Context context) throws IOException {
    TableGrants.of(context).ask(namespace(context), Grant.READ);
    IcebergJson.answer(context, CatalogHandlers.loadNamespace(namespaces, namespace(context)));
  }

  private void namespaceExists(Context context) {
    TableGrants.of(context).ask(namespace(context), Grant.READ);
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
    TableGrants grants = TableGrants.of(context);
    grants.ask(namespace(context), Grant.READ);
    List<TableIdentifier> shown =
        catalog.listTables(namespace(context)).stream().filter(grants::shows).toList();
    Page<TableIdentifier> page = Page.of(context, shown, TableIdentifier::name);
    IcebergJson.answer(
        context,
        ListTablesResponse.builder().addAll(page.items()).nextPageToken(page.next()).build());
  }

  private void createTable(Context context) throws IOException {
    CreateTableRequest request = IcebergJson.body(context, CreateTableRequest.class);
    TableGrants.of(context)
        .askToMake(
            TableIdentifier.of(namespace(context), request.name()),
            WarehouseBounds.saysWhere(request));
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
    TableGrants.of(context).ask(table(context), Grant.RAW);
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
    TableGrants.of(context).askToKnow(table(context));
    CatalogHandlers.tableExists(catalog, table(context));
    context.status(204);
  }

  private void commit(Context context) throws IOException {
    TableGrants grants = TableGrants.of(context);
    grants.ask(table(context), Grant.RAW, Grant.MANAGE);
    UpdateTableRequest request = IcebergJson.body(context, UpdateTableRequest.class);
    grants.askForFiles(request, table(context), catalog);
    bounds.check(request);
    answer(context, CatalogHandlers.updateTable(catalog, table(context), request));
  }

  private void dropTable(Context context) {
    TableGrants.of(context).ask(table(context), Grant.MANAGE);
    if (Boolean.parseBoolean(context.queryParam("purgeRequested"))) {
      CatalogHandlers.purgeTable(catalog, table(context));
    } else {
      CatalogHandlers.dropTable(catalog, table(context));
    }
    context.status(204);
  }

  private void renameTable(Context context) throws IOException {
    RenameTableRequest request = IcebergJson.body(context, RenameTableRequest.class);
    TableGrants grants = TableGrants.of(context);
    grants.ask(request.source(), Grant.RAW, Grant.MANAGE);
    grants.askToMake(request.destination(), false);
    CatalogHandlers.renameTable(catalog, request);
    context.status(204);
  }

  /** Readers' own measurements; they are taken and not kept. */
  private void metrics(Context context) throws IOException {
    TableGrants.of(context).ask(table(context), Grant.RAW);
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
