package dev.lakehouse.local.process;

import java.util.Optional;

/** Which version of the program this is. */
public final class Version {
  private Version() {}

  /** The version of the jar, or {@code development} when run from classes. */
  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
