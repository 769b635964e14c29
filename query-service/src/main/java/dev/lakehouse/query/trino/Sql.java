package dev.lakehouse.query.trino;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of Trino's SQL, as a tree: fixed words of ours around names and values, which are quoted
 * here and nowhere else.
 */
sealed interface Sql {
  /** Words of this program's own; never anything of a user's. */
  record Words(String words) implements Sql {}

  /** A name, whatever its letters. */
  record Name(String name) implements Sql {}

  /** A value that is a text. */
  record Text(String text) implements Sql {}

  /** Pieces one after the other. */
  record Pieces(List<Sql> pieces) implements Sql {}

  /**
   * A piece with others in it.
   *
   * @param words of this program's own, {@code %} for each of the pieces
   */
  static Sql of(String words, Sql... pieces) {
    List<Sql> all = new ArrayList<>();
    int from = 0;
    for (Sql piece : pieces) {
      int hole = words.indexOf('%', from);
      all.add(new Words(words.substring(from, hole)));
      all.add(piece);
      from = hole + 1;
    }
    all.add(new Words(words.substring(from)));
    return new Pieces(List.copyOf(all));
  }

  static Sql name(String name) {
    return new Name(name);
  }

  static Sql text(String text) {
    return new Text(text);
  }

  static Sql number(long number) {
    return new Words(Long.toString(number));
  }

  /** A decimal, or a whole number as large as it may be. */
  static Sql decimal(BigDecimal number) {
    return new Words("DECIMAL '" + number.toPlainString() + "'");
  }

  static Sql joined(String between, List<Sql> pieces) {
    List<Sql> all = new ArrayList<>();
    for (Sql piece : pieces) {
      if (!all.isEmpty()) {
        all.add(new Words(between));
      }
      all.add(piece);
    }
    return new Pieces(List.copyOf(all));
  }

  /** The text for the engine. */
  default String written() {
    StringBuilder out = new StringBuilder();
    write(this, out);
    return out.toString();
  }

  private static void write(Sql piece, StringBuilder out) {
    if (piece instanceof Words words) {
      out.append(words.words());
    } else if (piece instanceof Name name) {
      out.append('"').append(name.name().replace("\"", "\"\"")).append('"');
    } else if (piece instanceof Text text) {
      out.append('\'').append(text.text().replace("'", "''")).append('\'');
    } else if (piece instanceof Pieces pieces) {
      pieces.pieces().forEach(each -> write(each, out));
    }
  }
}
