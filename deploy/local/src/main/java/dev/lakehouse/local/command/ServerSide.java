package dev.lakehouse.local.command;

import dev.lakehouse.local.process.Lakehouse;
import dev.lakehouse.schemas.config.LakehouseConfig;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** What a process that runs a lakehouse needs before and after it. */
final class ServerSide {
  private ServerSide() {}

  /** Sends logs, temporary files and native libraries into the data directory. */
  static void prepare(LakehouseConfig config) {
    Path data = config.data().path();
    System.setProperty("lakehouse.logs", data.resolve("logs").toString());
    System.setProperty("log4j2.configurationFile", "log4j2-server.xml");
    String temporary = data.resolve("tmp").toString();
    System.setProperty("java.io.tmpdir", temporary);
    System.setProperty("org.sqlite.tmpdir", temporary);
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /** Closes the lakehouse when the process is asked to end. */
  static void closeAtExit(Lakehouse lakehouse) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  lakehouse.close();
                  LogManager.shutdown();
                },
                "stop"));
  }
}
