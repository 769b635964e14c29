package dev.lakehouse.local.command;

/** How a command ends, for scripts. */
final class ExitCode {
  static final int OK = 0;

  /** A step failed. */
  static final int FAILED = 1;

  /** The command line or the configuration has mistakes. */
  static final int MISTAKE = 2;

  /** It cannot start here. */
  static final int REFUSED = 3;

  /** No lakehouse answers. */
  static final int NOT_RUNNING = 4;

  private ExitCode() {}
}
