package dev.lakehouse.schemas.iceberg;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.iceberg.rest.RESTRequest;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.RESTSerializers;

/** Bodies as Iceberg's own client writes and reads them. */
final class IcebergJson {
  static final String MEDIA_TYPE = "application/json";

  /** A commit names manifests and not files, so that even large ones are far below this. */
  private static final int MOST_BYTES = 16 << 20;

  private static final ObjectMapper MAPPER = mapper();

  private IcebergJson() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        new ObjectMapper()
            .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
    RESTSerializers.registerAll(mapper);
    return mapper;
  }

  /** The request's body is longer than any request is. */
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("the body has more than " + MOST_BYTES + " bytes");
    }
  }

  /**
   * The request's body.
   *
   * @throws IllegalArgumentException if it is not such a request
   * @throws TooLarge if it is too long
   * @throws IOException if it does not arrive
   */
  static <T extends RESTRequest> T body(Context context, Class<T> type) throws IOException {
    byte[] bytes;
    try (InputStream in = context.bodyInputStream()) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new TooLarge();
    }
    T request;
    try {
      request = MAPPER.readValue(bytes, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the body is no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
    if (request == null) {
      throw new IllegalArgumentException("the body is no " + type.getSimpleName() + ": it is null");
    }
    request.validate();
    return request;
  }

  /** Answers with a body; between two programs of one machine it is not worth compressing. */
  static void answer(Context context, RESTResponse response) throws IOException {
    if (isOfThisMachine(context.ip())) {
      context.disableCompression();
    }
    context.contentType(MEDIA_TYPE).result(MAPPER.writeValueAsBytes(response));
  }

  private static boolean isOfThisMachine(String ip) {
    try {
      return InetAddress.getByName(ip).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
