package dev.lakehouse.local.command;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lakehouse keys}. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Lists the API keys; makes, rotates or revokes one.",
    synopsisSubcommandLabel = "[COMMAND]",
    subcommands = {
      KeysCommand.ListKeys.class,
      KeysCommand.Create.class,
      KeysCommand.Rotate.class,
      KeysCommand.Revoke.class
    })
public final class KeysCommand implements Callable<Integer> {
  @Mixin ClientOptions server = new ClientOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    return list(server, spec.commandLine().getOut());
  }

  private static int list(ClientOptions server, PrintWriter out) {
    TextTable table =
        new TextTable(
            List.of("id", "principal", "state", "created", "expires", "last used"),
            List.of(false, false, false, false, false, false));
    for (Answers.Key key : server.client().keys().keys()) {
      table.add(
          List.of(
              key.id(),
              key.principal(),
              key.state(),
              key.createdAt(),
              text(key.expiresAt()),
              text(key.lastUsedAt())));
    }
    out.print(table);
    out.flush();
    return ExitCode.OK;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static int show(Answers.MadeKey made, PrintWriter out) {
    out.println(
        "key "
            + made.id()
            + " of "
            + made.principal()
            + (made.expiresAt() == null ? "" : ", until " + made.expiresAt())
            + "; it is shown this once:");
    out.println(made.key());
    out.flush();
    return ExitCode.OK;
  }

  /** {@code lakehouse keys list}. */
  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the API keys.")
  static final class ListKeys implements Callable<Integer> {
    @Mixin ClientOptions server = new ClientOptions();

    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      return list(server, spec.commandLine().getOut());
    }
  }

  /** {@code lakehouse keys create}. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes a key and shows it, this once.")
  static final class Create implements Callable<Integer> {
    @Mixin ClientOptions server = new ClientOptions();

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        description = "How long it is valid, such as 90d (default: for ever).")
    @Nullable String expires;

    @Parameters(paramLabel = "PRINCIPAL", description = "Whose key it is.")
    String principal = "";

    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      return show(server.client().makeKey(principal, expires), spec.commandLine().getOut());
    }
  }

  /** {@code lakehouse keys rotate}. */
  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = "Makes a key in place of another, which is valid for a while yet.")
  static final class Rotate implements Callable<Integer> {
    @Mixin ClientOptions server = new ClientOptions();

    @Option(
        names = "--grace",
        paramLabel = "TIME",
        description = "How long the other is valid yet (default: 1d).")
    @Nullable String grace;

    @Parameters(paramLabel = "ID", description = "The other, by the id that it is listed by.")
    String id = "";

    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      return show(server.client().rotateKey(id, grace), spec.commandLine().getOut());
    }
  }

  /** {@code lakehouse keys revoke}. */
  @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Ends a key at once.")
  static final class Revoke implements Callable<Integer> {
    @Mixin ClientOptions server = new ClientOptions();

    @Parameters(paramLabel = "ID", description = "The key, by the id that it is listed by.")
    String id = "";

    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      Answers.Key key = server.client().revokeKey(id);
      PrintWriter out = spec.commandLine().getOut();
      out.println("key " + key.id() + " of " + key.principal() + " is " + key.state());
      out.flush();
      return ExitCode.OK;
    }
  }
}
