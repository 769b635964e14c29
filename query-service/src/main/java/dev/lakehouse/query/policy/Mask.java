package dev.lakehouse.query.policy;

import java.math.BigDecimal;

/** What is shown in place of a value. */
sealed interface Mask {
  /** Nothing. */
  record Null() implements Mask {
    @Override
    public String word() {
      return "null";
    }

    @Override
    public int strictness() {
      return 7;
    }
  }

  /**
   * The same for every row, also for one that has no value.
   *
   * @param value a text, number or truth value
   */
  record Constant(Object value) implements Mask {
    @Override
    public String word() {
      return "constant";
    }

    @Override
    public int strictness() {
      return 6;
    }
  }

  /** What is the same for the same value, and tells nothing else of it. */
  record Hash() implements Mask {
    @Override
    public String word() {
      return "hash";
    }

    @Override
    public int strictness() {
      return 5;
    }
  }

  /** The year of a date or time, as its first day. */
  record Year() implements Mask {
    @Override
    public String word() {
      return "year";
    }

    @Override
    public int strictness() {
      return 4;
    }
  }

  /**
   * The multiple of a size below or at a number.
   *
   * @param size above 0
   */
  record Bucket(BigDecimal size) implements Mask {
    @Override
    public String word() {
      return "bucket";
    }

    @Override
    public int strictness() {
      return 3;
    }

    @Override
    public boolean showsMoreThan(Mask other) {
      return other instanceof Bucket bucket && size.compareTo(bucket.size) < 0;
    }
  }

  /**
   * The last characters of a text that has more.
   *
   * @param show how many
   */
  record Last(int show) implements Mask {
    @Override
    public String word() {
      return "last";
    }

    @Override
    public int strictness() {
      return 2;
    }

    @Override
    public boolean showsMoreThan(Mask other) {
      return other instanceof Last last && show > last.show;
    }
  }

  /**
   * The first characters of a text that has more.
   *
   * @param show how many
   */
  record First(int show) implements Mask {
    @Override
    public String word() {
      return "first";
    }

    @Override
    public int strictness() {
      return 1;
    }

    @Override
    public boolean showsMoreThan(Mask other) {
      return other instanceof First first && show > first.show;
    }
  }

  /** What it is called in policies and answers. */
  String word();

  /** Of two kinds, the one with the higher number tells less. */
  int strictness();

  /** Whether another of its kind tells less. */
  default boolean showsMoreThan(Mask other) {
    return false;
  }
}
