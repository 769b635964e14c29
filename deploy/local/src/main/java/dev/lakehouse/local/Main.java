package dev.lakehouse.local;

import dev.lakehouse.local.command.DataDirCommand;
import dev.lakehouse.local.command.DatasetsCommand;
import dev.lakehouse.local.command.DemoCommand;
import dev.lakehouse.local.command.DownCommand;
import dev.lakehouse.local.command.Failures;
import dev.lakehouse.local.command.IngestCommand;
import dev.lakehouse.local.command.KeysCommand;
import dev.lakehouse.local.command.Mistakes;
import dev.lakehouse.local.command.PolicyCommand;
import dev.lakehouse.local.command.QuarantineCommand;
import dev.lakehouse.local.command.SqlCommand;
import dev.lakehouse.local.command.StatusCommand;
import dev.lakehouse.local.command.UndoCommand;
import dev.lakehouse.local.command.UpCommand;
import dev.lakehouse.local.process.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code lakehouse} command. */
@Command(
    name = "lakehouse",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Versions.class,
    description = "Files and events go in; tables that answer SQL come out.",
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      DownCommand.class,
      StatusCommand.class,
      IngestCommand.class,
      QuarantineCommand.class,
      UndoCommand.class,
      SqlCommand.class,
      DatasetsCommand.class,
      KeysCommand.class,
      PolicyCommand.class,
      DataDirCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all went well",
      "1:a step failed; the message says which",
      "2:the command line or the configuration has mistakes",
      "3:it cannot start here (port taken, data directory in use, …)",
      "4:no lakehouse answers"
    })
public final class Main {
  private Main() {}

  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "lakehouse " + Version.text() + " on Java " + System.getProperty("java.version")
      };
    }
  }

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(new Failures())
        .setParameterExceptionHandler(new Mistakes())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }
}
