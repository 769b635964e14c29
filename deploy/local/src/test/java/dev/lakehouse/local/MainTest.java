package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command says to mistakes that need no lakehouse to be found. */
class MainTest {
  private static final String NOBODY = "--url=http://127.0.0.1:1";

  @TempDir Path dir;

  private record Said(int status, String text) {}

  @Test
  void nothingShowsWhatThereIs() {
    Said said = say();

    assertThat(said.status()).isEqualTo(2);
    assertThat(said.text()).contains("Usage: lakehouse", "ingest", "Exit codes:");
  }

  @Test
  void anOptionThatIsNoneIsNamedInTwoLines() {
    Said said = say("up", "--prot=5");

    assertThat(said.status()).isEqualTo(2);
    assertThat(said.text())
        .startsWith("lakehouse: Unknown option: '--prot=5'")
        .contains("hint: see `lakehouse up --help`")
        .doesNotContain("Usage:");
  }

  @Test
  void aCommandThatIsNoneHasItsNearest() {
    assertThat(say("upp").text()).contains("'upp'").contains("lakehouse up");
  }

  @Test
  void sqlWithoutQuotesIsExplained() {
    assertThat(say("sql", NOBODY, "SELECT", "1"))
        .isEqualTo(
            new Said(
                2,
                """
                lakehouse: the SQL came in 2 pieces; put it in quotes
                  hint: see `lakehouse sql --help`
                """));
    assertThat(say("sql", NOBODY, " ").text()).contains("the SQL is empty");
  }

  @Test
  void aDirectoryIsNoFile() {
    Said said = say("ingest", NOBODY, dir.toString(), dir.resolve("nothing").toString());

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text())
        .contains(dir + ": is a directory; name its files")
        .contains(dir.resolve("nothing") + ": no such file");
  }

  @Test
  void filesAreNamedOrAnIngest() {
    assertThat(say("ingest", NOBODY).status()).isEqualTo(2);
    assertThat(say("ingest", NOBODY).text()).contains("name files, or an ingest with --again");
    assertThat(say("ingest", NOBODY, "--again=i", dir.toString()).status()).isEqualTo(2);
  }

  @Test
  void policiesAreCheckedWithoutALakehouse() throws Exception {
    Files.writeString(
        dir.resolve("people.toml"),
        """
        [principals.ann]
        roles = ["reader"]
        [[roles.reader]]
        datasets = ["people"]
        grants = ["read"]
        columns = { email = "hash" }
        [[examples]]
        as = "ann"
        dataset = "people"
        column = "email"
        is = "masked"
        """);
    assertThat(say("policy", "check", dir.toString()))
        .isEqualTo(new Said(0, dir + ": 1 principals, 1 roles; 1 examples hold\n"));
    Files.writeString(dir.resolve("bad.toml"), "[[roles.x]]\ndataset = [\"a\"]\n");
    Said said = say("policy", "check", dir.toString());
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.text()).contains("bad.toml:2: roles.x[0].dataset: is not known here");
    assertThat(say("policy", "check", dir.resolve("none").toString()).status()).isEqualTo(1);
    assertThat(say("policy").status()).isEqualTo(2);
    assertThat(say("policy", "explain", NOBODY, "--table=t").status()).isEqualTo(4);
  }

  private static Said say(String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    CommandLine command = Main.commandLine().setOut(out).setErr(out);
    int status = command.execute(arguments);
    out.flush();
    return new Said(status, text.toString());
  }
}
