package dev.lakehouse.local.command;

import dev.lakehouse.local.process.Lakehouse;
import dev.lakehouse.schemas.config.LakehouseConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lakehouse up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts a lakehouse and runs it until Ctrl-C.")
public final class UpCommand implements Callable<Integer> {
  @Mixin StartOptions start = new StartOptions();

  @Option(names = "--detach", description = "Run in the background and return once it is ready.")
  boolean detach;

  @Option(names = "--first-key-to", hidden = true, paramLabel = "FILE")
  @Nullable Path firstKeyTo;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (detach) {
      return Detached.up(start, out);
    }
    LakehouseConfig config = start.config();
    ServerSide.prepare(config);
    Lakehouse lakehouse =
        Lakehouse.open(config, new StartLines(out, new FirstKey(firstKeyTo)), Clock.systemUTC());
    ServerSide.closeAtExit(lakehouse);
    lakehouse.start();
    ReadyLines.print(out, lakehouse);
    out.println("Stop with Ctrl-C.");
    out.flush();
    Thread.currentThread().join();
    return ExitCode.OK;
  }
}
