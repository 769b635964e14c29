package dev.lakehouse.schemas.iceberg;

import dev.lakehouse.schemas.http.ErrorForm;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import io.javalin.http.Context;
import java.util.List;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.UnprocessableEntityException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.ErrorResponseParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors as the Iceberg REST specification has them: {@code {"error": {message, type, code}}}. */
final class IcebergErrors implements ErrorForm {
  private static final Logger LOG = LoggerFactory.getLogger(IcebergErrors.class);

  private static final String IN_THE_LOG = "the log has the reason under the request id";

  /** An exception and the status it is answered with. */
  private record Known(Class<? extends Exception> type, int status) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known(IcebergJson.TooLarge.class, 413),
          new Known(NoSuchNamespaceException.class, 404),
          new Known(NoSuchTableException.class, 404),
          new Known(NotFoundException.class, 404),
          new Known(NamespaceNotEmptyException.class, 409),
          new Known(AlreadyExistsException.class, 409),
          new Known(CommitFailedException.class, 409),
          new Known(ForbiddenException.class, 403),
          new Known(UnprocessableEntityException.class, 422),
          new Known(UnsupportedOperationException.class, 406),
          new Known(ValidationException.class, 400),
          new Known(BadRequestException.class, 400),
          new Known(IllegalArgumentException.class, 400));

  @Override
  public String path() {
    return IcebergRoutes.PATH;
  }

  @Override
  public void write(Context context, Problem problem) {
    String type =
        switch (problem.status()) {
          case 401 -> "NotAuthorizedException";
          case 403 -> "ForbiddenException";
          case 404 ->
              problem.code().equals("unknown_dataset")
                  ? NoSuchTableException.class.getSimpleName()
                  : "NoSuchEndpointException";
          case 405, 406 -> "UnsupportedOperationException";
          default -> problem.status() < 500 ? "BadRequestException" : "InternalServerError";
        };
    String hint = problem.hint() == null ? "" : "; " + problem.hint();
    write(context, problem.status(), type, problem.detail() + hint);
  }

  /**
   * Answers with what went wrong. What is not known to have happened is answered with 500 and no
   * other: Iceberg's client sends a request again by itself after 502, 503 and 504, and a commit
   * that had happened would then be answered as failed.
   *
   * @param commit whether the request was to change a table
   */
  void answer(Context context, RuntimeException failed, boolean commit) {
    if (failed instanceof ProblemException refused) {
      write(context, refused.problem());
      return;
    }
    for (Known known : KNOWN) {
      if (known.type.isInstance(failed)) {
        String message = String.valueOf(failed.getMessage());
        write(context, known.status, known.type.getSimpleName(), message);
        return;
      }
    }
    LOG.error("{} {} failed", context.method(), context.path(), failed);
    if (commit) {
      write(
          context,
          500,
          CommitStateUnknownException.class.getSimpleName(),
          "whether it was committed is not known: load the table and look; " + IN_THE_LOG);
    } else {
      write(context, 500, "InternalServerError", "it could not be answered; " + IN_THE_LOG);
    }
  }

  private static void write(Context context, int status, String type, String message) {
    ErrorResponse error =
        ErrorResponse.builder()
            .responseCode(status)
            .withType(type)
            .withMessage(message)
            .withStackTrace(List.of())
            .build();
    context
        .status(status)
        .contentType(IcebergJson.MEDIA_TYPE)
        .result(ErrorResponseParser.toJson(error));
  }
}
