package dev.lakehouse.local.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lakehouse data-dir}: for the script, which must know it before the JVM starts. */
@Command(name = "data-dir", hidden = true, mixinStandardHelpOptions = true)
public final class DataDirCommand implements Callable<Integer> {
  @Mixin StartOptions start = new StartOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(start.config().data().path());
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
