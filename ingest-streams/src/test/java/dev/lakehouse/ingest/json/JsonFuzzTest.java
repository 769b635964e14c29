package dev.lakehouse.ingest.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.format.Mutation;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** No file, however damaged, does more than be refused or have its rows counted. */
@SuppressWarnings("StringConcatToTextBlock") // where lines end is part of the files
class JsonFuzzTest {
  private static final String RECORDS =
      "{\"id\":1,\"name\":\"h\u00e9llo\",\"tags\":[\"a\",null,1.5],\"at\":\"2024-02-29T12:00:00Z\"}\n"
          + "{\"id\":2.5,\"name\":\"\\ud83d\\ude00\\n"
          + "\",\"in\":{\"x\":1e3,\"y\":{\"z\":[{\"k\":1}]}},\"b\":true}\n"
          + "{\"id\":12345678901234567890,\"name\":null,\"in\":{},\"tags\":[],\"at\":\"2024-02-29\"}\n"
          + "{\"id\":-0,\"name\":7,\"tags\":[[1],[2]],\"b\":false}\n";

  private static byte[] base(long seed) {
    String lines = RECORDS.repeat(1 + (int) Math.floorMod(seed, 3L));
    String array = "[" + lines.strip().replace("}\n{", "},\n{") + "]";
    return switch ((int) Math.floorMod(seed >> 2, 4L)) {
      case 0 -> lines.getBytes(UTF_8);
      case 1 -> array.getBytes(UTF_8);
      case 2 -> ("{\"n\":1,\"rows\":" + array + "}").getBytes(UTF_8);
      default -> lines.replace("\n", " ").getBytes(UTF_8);
    };
  }

  private static void check(long seed) {
    Mutation.mustBeReadOrRefused(new JsonFormat(), Mutation.of(base(seed), seed));
  }

  @Property(tries = 1000)
  void damagedJson(@ForAll long seed) {
    check(seed);
  }

  @Property(tries = 200_000)
  @Tag("full")
  void muchDamagedJson(@ForAll long seed) {
    check(seed);
  }
}
