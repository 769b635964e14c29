package dev.lakehouse.local.command;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.client.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lakehouse status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Shows each component with its port and state, and how far each dataset has landed.",
    footer = {"", "Ends with 1 if the lakehouse is down."})
public final class StatusCommand implements Callable<Integer> {
  @Mixin ClientOptions server = new ClientOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ApiClient client = server.client();
    Answers.Status status = client.status();
    out.println(
        "Lakehouse "
            + status.version()
            + " at "
            + client.url()
            + " is "
            + status.health().status()
            + " (process "
            + status.pid()
            + ", data in "
            + status.dataDir()
            + ")");
    out.println();
    TextTable components =
        new TextTable(
            List.of("component", "port", "state", ""), List.of(false, true, false, false));
    components.add(List.of("http", port(status, "http"), "up", ""));
    status
        .health()
        .components()
        .forEach(
            (name, component) ->
                components.add(
                    List.of(
                        name,
                        port(status, name),
                        component.status(),
                        component.detail() == null ? "" : component.detail())));
    out.print(components);
    if (!status.datasets().isEmpty()) {
      TextTable datasets =
          new TextTable(
              List.of("dataset", "landed to", "topic ends", "behind", "state", ""),
              List.of(false, false, false, true, false, false));
      status
          .datasets()
          .forEach(
              each ->
                  datasets.add(
                      List.of(
                          each.dataset(),
                          each.recorded(),
                          each.end(),
                          Long.toString(each.behind()),
                          each.state(),
                          each.reason())));
      out.println();
      out.print(datasets);
    }
    out.flush();
    return status.health().status().equals("down") ? ExitCode.FAILED : ExitCode.OK;
  }

  private static String port(Answers.Status status, String component) {
    Integer port = status.ports().get(component);
    return port == null ? "" : port.toString();
  }
}
