package dev.lakehouse.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static final String ANSWER =
      """
      {"columns":[{"name":"who","type":"varchar"},{"name":"n","type":"bigint"}],
       "rows":[["Anna","7"],["two\\nlines, \\"quoted\\"",null],["",1234]],
       "stats":{"rows":3,"elapsedMs":5,"truncated":false,"scannedFiles":1},"receipt":{}}
      """;

  @Test
  void numbersGoRightAndLinesStayWhole() throws Exception {
    assertThat(printed(ResultFormat.TABLE))
        .isEqualTo(
            """
            who                     n
            ───────────────────  ────
            Anna                    7
            two⏎lines, "quoted"  NULL
                                 1234
            (3 rows, 5 ms)
            """);
  }

  @Test
  void csvTellsNullFromEmpty() throws Exception {
    assertThat(printed(ResultFormat.CSV))
        .isEqualToNormalizingNewlines(
            "who,n\nAnna,7\n\"two\nlines, \"\"quoted\"\"\",\n\"\",1234\n");
  }

  private static String printed(ResultFormat format) throws Exception {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    format.print(new ObjectMapper().readValue(ANSWER, Answers.Result.class), out);
    out.flush();
    return text.toString();
  }
}
