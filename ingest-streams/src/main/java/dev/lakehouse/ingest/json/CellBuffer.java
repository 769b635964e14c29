package dev.lakehouse.ingest.json;

import java.io.Writer;
import java.util.Arrays;

/**
 * One record's cells, reused from record to record so that reading makes little garbage. A cell is
 * its kind and its characters: numbers in their own notation, texts unescaped; a list has items
 * instead.
 */
final class CellBuffer {
  private final Items cells = new Items();
  private final Items items = new Items();
  private int[] firstItem = new int[32];
  private int[] itemCount = new int[32];
  private char[] chars = new char[4096];
  private int length;

  /** Kinds and characters' places of a row of cells or items. */
  private static final class Items {
    private JsonKind[] kinds = new JsonKind[32];
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int size;

    Items() {
      Arrays.fill(kinds, JsonKind.NOTHING);
    }

    void set(int i, JsonKind kind, int start, int end) {
      if (i >= kinds.length) {
        int room = Math.max(kinds.length * 2, i + 1);
        int before = kinds.length;
        kinds = Arrays.copyOf(kinds, room);
        Arrays.fill(kinds, before, room, JsonKind.NOTHING);
        starts = Arrays.copyOf(starts, room);
        ends = Arrays.copyOf(ends, room);
      }
      kinds[i] = kind;
      starts[i] = start;
      ends[i] = end;
      size = Math.max(size, i + 1);
    }

    JsonKind kind(int i) {
      return i < size ? kinds[i] : JsonKind.NOTHING;
    }

    void clear() {
      Arrays.fill(kinds, 0, size, JsonKind.NOTHING);
      size = 0;
    }
  }

  void clear() {
    cells.clear();
    items.clear();
    length = 0;
  }

  /** Characters of all cells. */
  int length() {
    return length;
  }

  char[] chars() {
    return chars;
  }

  JsonKind kind(int cell) {
    return cells.kind(cell);
  }

  int start(int cell) {
    return cells.starts[cell];
  }

  int end(int cell) {
    return cells.ends[cell];
  }

  String text(int cell) {
    return new String(chars, start(cell), end(cell) - start(cell));
  }

  /** The first item of a list's cell. */
  int firstItem(int cell) {
    return firstItem[cell];
  }

  int itemCount(int cell) {
    return itemCount[cell];
  }

  JsonKind itemKind(int item) {
    return items.kind(item);
  }

  int itemStart(int item) {
    return items.starts[item];
  }

  int itemEnd(int item) {
    return items.ends[item];
  }

  int items() {
    return items.size;
  }

  void set(int cell, JsonKind kind, char[] from, int offset, int count) {
    int start = length;
    append(from, offset, count);
    cells.set(cell, kind, start, length);
  }

  /** Sets a cell whose characters were appended before. */
  void set(int cell, JsonKind kind, int start) {
    cells.set(cell, kind, start, length);
  }

  void setList(int cell, int first) {
    set(cell, JsonKind.LIST, length);
    if (cell >= firstItem.length) {
      int room = Math.max(firstItem.length * 2, cell + 1);
      firstItem = Arrays.copyOf(firstItem, room);
      itemCount = Arrays.copyOf(itemCount, room);
    }
    firstItem[cell] = first;
    itemCount[cell] = items.size - first;
  }

  void addItem(JsonKind kind, char[] from, int offset, int count) {
    int start = length;
    append(from, offset, count);
    items.set(items.size, kind, start, length);
  }

  /** Forgets the items from that one on. */
  void dropItems(int from) {
    items.size = from;
  }

  void append(char[] from, int offset, int count) {
    if (chars.length - length < count) {
      chars = Arrays.copyOf(chars, Math.max(chars.length * 2, length + count));
    }
    System.arraycopy(from, offset, chars, length, count);
    length += count;
  }

  /** Appends what is written, up to so many characters of the record; the rest is dropped. */
  Writer writer(int most) {
    return new Writer() {
      @Override
      public void write(char[] from, int offset, int count) {
        if (length <= most) {
          CellBuffer.this.append(from, offset, count);
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
