package dev.lakehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.ingest.store.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While S3 does not answer uploads are refused; once it does they are taken again. */
class S3AwayIT {
  @Test
  void uploadsAreRefusedUntilItIsBack(@TempDir Path directory) throws IOException {
    S3Server server = S3Server.start(directory);
    try (IngestRig rig = IngestRig.startAt(server.objects("away"))) {
      int port = server.port();
      server.close();
      Answer refused = rig.upload("away", "a\n1\n");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text("code")).isEqualTo("store_unavailable");
      try (S3Server back = S3Server.start(directory, port)) {
        Answer taken = rig.upload("away", "a\n1\n");
        assertThat(taken.status()).isEqualTo(202);
        assertThat(rig.awaitRead(taken.text("id")).path("state").asText()).isEqualTo("landing");
        assertThat(back.keys()).hasSize(1);
      }
    }
  }
}
