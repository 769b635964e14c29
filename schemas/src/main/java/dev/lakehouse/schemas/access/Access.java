package dev.lakehouse.schemas.access;

import dev.lakehouse.schemas.name.DatasetName;

/** Decides grants. Safe for use by many threads; an answer is for this moment. */
public interface Access {
  /** Everything is allowed: authentication is off, and the caller is on this machine. */
  Access OPEN =
      new Access() {
        @Override
        public boolean allows(String principal, Grant grant, DatasetName dataset) {
          return true;
        }

        @Override
        public boolean allowsAll(String principal, Grant grant) {
          return true;
        }
      };

  /** Whether the principal has the grant on the dataset, be there such a dataset or not. */
  boolean allows(String principal, Grant grant, DatasetName dataset);

  /** Whether the principal has the grant on every dataset that there is or will be. */
  boolean allowsAll(String principal, Grant grant);
}
