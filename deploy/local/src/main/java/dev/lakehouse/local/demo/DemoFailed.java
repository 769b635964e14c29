package dev.lakehouse.local.demo;

/** A step of the tour did not do what it must; the message says which. */
public final class DemoFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoFailed(String message) {
    super(message);
  }
}
