package dev.lakehouse.schemas.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileIOTest {
  @TempDir static Path directory;

  @Test
  void filesAnswerByTheLocationTheyWereAskedFor() throws IOException {
    LocalFileIO io = new LocalFileIO();
    for (String location :
        new String[] {
          "file:" + directory + "/a b", "file://" + directory + "/c", directory + "/d"
        }) {
      OutputFile file = io.newOutputFile(location);
      try (PositionOutputStream out = file.createOrOverwrite()) {
        out.write(7);
      }
      assertThat(file.location()).isEqualTo(location);
      assertThat(file.toInputFile().location()).isEqualTo(location);
      assertThat(io.newInputFile(location).getLength()).isEqualTo(1);
      assertThat(LocalFileIO.path(location)).hasSize(1);
    }
  }
}
