package dev.lakehouse.local.command;

import dev.lakehouse.query.policy.Policies;
import dev.lakehouse.query.policy.PolicyException;
import dev.lakehouse.query.policy.PolicySet;
import dev.lakehouse.schemas.config.LakehouseConfig;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lakehouse policy check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads policy files and says every mistake in them, and every example that does not hold.",
      "Needs no lakehouse that runs."
    })
public final class PolicyCheckCommand implements Callable<Integer> {
  @Mixin StartOptions start = new StartOptions();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "Where the files are (default: policy.directory of the configuration).")
  @Nullable Path directory;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Path files = directory == null ? configured(start.config()) : directory;
    if (!Files.isDirectory(files)) {
      out.println(files + ": no such directory");
      out.flush();
      return ExitCode.FAILED;
    }
    try {
      PolicySet set = Policies.check(files);
      out.println(
          files
              + ": "
              + set.principals()
              + " principals, "
              + set.roles()
              + " roles; "
              + set.examples()
              + " examples hold");
      return ExitCode.OK;
    } catch (PolicyException e) {
      e.mistakes().forEach(out::println);
      return ExitCode.MISTAKE;
    } finally {
      out.flush();
    }
  }

  private static Path configured(LakehouseConfig config) {
    return config.query().policy().directory(config.data());
  }
}
