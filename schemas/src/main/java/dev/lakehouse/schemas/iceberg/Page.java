package dev.lakehouse.schemas.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list. A token is the last name of the page before it, so that what comes and goes
 * between two pages makes no other entry be left out or come twice.
 *
 * @param next the token of the next page; null on the last
 */
record Page<T>(List<T> items, @Nullable String next) {
  /**
   * The page that the request asks for; all of the list if it names no {@code pageSize}.
   *
   * @throws IllegalArgumentException if its size or token is none
   */
  static <T> Page<T> of(Context context, List<T> all, Function<T, String> name) {
    String size = context.queryParam("pageSize");
    String token = context.queryParam("pageToken");
    List<T> sorted = all.stream().sorted(Comparator.comparing(name)).toList();
    if (token != null && !token.isEmpty()) {
      String last = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      sorted = sorted.stream().filter(each -> name.apply(each).compareTo(last) > 0).toList();
    }
    int most = size == null ? Integer.MAX_VALUE : Integer.parseInt(size);
    if (most < 1) {
      throw new IllegalArgumentException("pageSize is at least 1");
    }
    if (sorted.size() <= most) {
      return new Page<>(sorted, null);
    }
    String last = name.apply(sorted.get(most - 1));
    return new Page<>(
        sorted.subList(0, most),
        Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(UTF_8)));
  }
}
