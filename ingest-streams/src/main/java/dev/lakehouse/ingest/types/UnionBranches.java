package dev.lakehouse.ingest.types;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/**
 * A type and the null beside it, if it may be null.
 *
 * @param type of the values; a union if there is more than one
 * @param nullBranch the index of null, or -1 if there is none
 * @param valueBranch the index of the type, or -1 if the schema is no union
 */
public record UnionBranches(Schema type, int nullBranch, int valueBranch) {
  /** The branches of a schema. */
  public static UnionBranches of(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return new UnionBranches(schema, -1, -1);
    }
    List<Schema> branches = schema.getTypes();
    int none = -1;
    int value = -1;
    for (int i = 0; i < branches.size(); i++) {
      if (branches.get(i).getType() == Schema.Type.NULL) {
        none = i;
      } else if (value < 0) {
        value = i;
      }
    }
    boolean one = value >= 0 && branches.size() - (none < 0 ? 0 : 1) == 1;
    return new UnionBranches(one ? branches.get(value) : schema, none, value);
  }

  /** Whether there may be no value. */
  public boolean nullable() {
    return nullBranch >= 0;
  }

  /** Writes that there is no value. */
  public void writeNull(Encoder out) throws IOException {
    out.writeIndex(nullBranch);
    out.writeNull();
  }

  /** Writes that a value follows. */
  public void writePresent(Encoder out) throws IOException {
    if (valueBranch >= 0) {
      out.writeIndex(valueBranch);
    }
  }
}
