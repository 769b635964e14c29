package dev.lakehouse.jobs.convert;

/** A schema or a value cannot become part of the table; the message says which and why. */
public final class MisfitException extends Exception {
  private static final long serialVersionUID = 1L;

  public MisfitException(String message) {
    super(message);
  }
}
