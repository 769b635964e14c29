package dev.lakehouse.local.command;

import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.demo.Demo;
import dev.lakehouse.local.demo.DemoFailed;
import dev.lakehouse.local.process.Lakehouse;
import dev.lakehouse.schemas.config.LakehouseConfig;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lakehouse demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Starts a lakehouse, fills it with sample data and answers questions about it.",
    footer = {"", "Can be repeated on the same data directory: what is there is recognised."})
public final class DemoCommand implements Callable<Integer> {
  @Mixin StartOptions start = new StartOptions();

  @Option(names = "--exit", description = "Stop after the answers instead of waiting for Ctrl-C.")
  boolean exit;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    LakehouseConfig config = start.config();
    ServerSide.prepare(config);
    Lakehouse lakehouse =
        Lakehouse.open(config, new StartLines(out, new FirstKey(null)), Clock.systemUTC());
    ServerSide.closeAtExit(lakehouse);
    lakehouse.start();
    String key = config.auth().keys().values().stream().findFirst().orElse("");
    ApiClient client = new ApiClient(lakehouse.url(), config.auth().enabled() ? key : "");
    try {
      new Demo(client, lakehouse.config(), config.data().path().resolve("tmp").resolve("demo"), out)
          .run();
    } catch (DemoFailed e) {
      spec.commandLine().getErr().println("lakehouse: " + e.getMessage());
      return ExitCode.FAILED;
    }
    out.println();
    ReadyLines.print(out, lakehouse);
    if (exit) {
      return ExitCode.OK;
    }
    out.println();
    out.println("Go on from another terminal:");
    String url = lakehouse.url().endsWith(":8080") ? "" : " --url " + lakehouse.url();
    out.println("  lakehouse sql" + url + " \"SELECT * FROM lake.demo_orders LIMIT 5\"");
    out.println("  lakehouse ingest" + url + " FILE.csv");
    out.println("  lakehouse status" + url);
    out.println("Stop with Ctrl-C.");
    out.flush();
    Thread.currentThread().join();
    return ExitCode.OK;
  }
}
