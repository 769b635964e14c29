package dev.lakehouse.local.command;

import dev.lakehouse.local.client.ApiException;
import dev.lakehouse.local.process.StartRefused;
import dev.lakehouse.schemas.config.ConfigException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into a message for people and an exit code. */
public final class Failures implements IExecutionExceptionHandler {
  /** Goes to the log's file only; the console is told in fewer words. */
  private static final Logger LOG = LoggerFactory.getLogger("lakehouse.failures");

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (exception instanceof ConfigException mistakes) {
      err.println("lakehouse: " + mistakes.getMessage());
      return ExitCode.MISTAKE;
    }
    if (exception instanceof StartRefused refused) {
      err.println("lakehouse: " + refused.getMessage());
      err.println("  hint: " + refused.hint());
      return ExitCode.REFUSED;
    }
    if (exception instanceof ApiException api) {
      err.println("lakehouse: " + api.getMessage());
      if (!api.hint().isEmpty()) {
        err.println("  hint: " + api.hint());
      }
      return api.kind() == ApiException.Kind.UNREACHABLE ? ExitCode.NOT_RUNNING : ExitCode.FAILED;
    }
    LOG.error("{} failed", commandLine.getCommandName(), exception);
    err.println("lakehouse: " + described(exception));
    String logs = System.getProperty("lakehouse.logs", "");
    if (!logs.isEmpty()) {
      err.println("  hint: the log in " + logs + " says more");
    }
    return ExitCode.FAILED;
  }

  /** The message, and that of its root where it says something else. */
  private static String described(Throwable exception) {
    Throwable root = exception;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String said = said(exception);
    String why = said(root);
    return said.contains(why) ? said : said + ": " + why;
  }

  private static String said(Throwable exception) {
    String message = exception.getMessage();
    return message == null ? exception.getClass().getSimpleName() : message;
  }
}
