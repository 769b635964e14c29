package dev.lakehouse.schemas.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a principal may be allowed on a dataset, or on all of them. None includes another. */
public enum Grant {
  /** Ask for its rows and its description, under the policy's masks and filters. */
  READ,
  /** See what came in as it came: uploads, quarantined bytes, columns without masks. */
  RAW,
  /** Add to it: files and events. */
  INGEST,
  /** Change or delete it, its connectors, and, on all datasets, keys and policies. */
  MANAGE;

  /** The word of policies and documents. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
