package dev.lakehouse.schemas.registry;

/**
 * Something the schema registry said or failed to say; the subclass says what the caller may do.
 */
public abstract sealed class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private RegistryException(String message) {
    super(message);
  }

  /** The registry did not answer, or answered with a fault of its own: try again later. */
  public static final class Unavailable extends RegistryException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message, Throwable cause) {
      super(message);
      initCause(cause);
    }

    Unavailable(String message) {
      super(message);
    }
  }

  /** The registry has no schema of this id: the record that names it cannot be read. */
  public static final class UnknownSchema extends RegistryException {
    private static final long serialVersionUID = 1L;

    UnknownSchema(int id) {
      super("the schema registry has no schema with id " + id);
    }
  }

  /** The subject's compatibility rule refuses the schema: change the schema. */
  public static final class Incompatible extends RegistryException {
    private static final long serialVersionUID = 1L;

    Incompatible(String subject, String said) {
      super("the schema is not compatible with subject '" + subject + "': " + said);
    }
  }

  /** The request itself was refused: a fault of the schema or of this program. */
  public static final class Refused extends RegistryException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }
}
