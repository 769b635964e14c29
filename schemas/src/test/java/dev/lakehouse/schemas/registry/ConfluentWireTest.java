package dev.lakehouse.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class ConfluentWireTest {
  @Test
  void framesAsTheFormatSays() {
    ConfluentWire.Writer<Object> writer =
        ConfluentWire.Writer.generic(258, Schema.create(Schema.Type.STRING));
    assertThat(writer.write("hi")).containsExactly(0, 0, 0, 1, 2, 4, 'h', 'i');
    assertThat(writer.write("")).containsExactly(0, 0, 0, 1, 2, 0);
    assertThat(ConfluentWire.schemaId(writer.write("hi"))).hasValue(258);
  }

  @Test
  void tellsForeignBytes() {
    assertThat(ConfluentWire.schemaId(new byte[0])).isEmpty();
    assertThat(ConfluentWire.schemaId(new byte[] {0, 0, 0, 1})).isEmpty();
    assertThat(
            ConfluentWire.schemaId("{\"a\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEmpty();
  }
}
