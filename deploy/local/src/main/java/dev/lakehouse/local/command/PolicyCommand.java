package dev.lakehouse.local.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lakehouse policy}. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Checks policies, and explains what they say.",
    subcommands = {PolicyCheckCommand.class, PolicyExplainCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class PolicyCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "name a command: check or explain");
  }
}
