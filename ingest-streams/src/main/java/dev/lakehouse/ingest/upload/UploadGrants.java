package dev.lakehouse.ingest.upload;

import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.name.DatasetName;

/** What a caller must be allowed before a file of its is kept. */
final class UploadGrants {
  private final Permit permit;

  UploadGrants(Permit permit) {
    this.permit = permit;
  }

  /**
   * Asks whether the file may go into the dataset, and take out what is there if it is to.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException as {@link Permit#ask} says
   */
  void ask(DatasetName dataset, OnDuplicate onDuplicate) {
    permit.ask(dataset, Grant.INGEST);
    if (onDuplicate == OnDuplicate.REPLACE) {
      permit.ask(dataset, Grant.MANAGE);
    }
  }
}
