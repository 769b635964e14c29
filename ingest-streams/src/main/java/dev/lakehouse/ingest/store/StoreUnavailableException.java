package dev.lakehouse.ingest.store;

import java.io.IOException;

/** The store does not answer now; the same may well succeed later. */
public final class StoreUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
