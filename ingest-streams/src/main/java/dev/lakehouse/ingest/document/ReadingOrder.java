package dev.lakehouse.ingest.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Puts a page's glyphs into the order in which they are read. A page that is set in columns is cut
 * at the gutters between them: runs of text that cross a gutter (titles, wide figures' captions)
 * are read where they stand, and between them each column is read to its end before the next. A
 * table is no set of columns: its cells are short and are read row by row.
 */
final class ReadingOrder {
  /** A gap within a line wider than so many font heights may be a gutter. */
  private static final float GUTTER = 0.8f;

  private static final int FEWEST_LINES = 3;
  private static final int SHORTEST_COLUMN_LINE = 12;
  private static final float FILLED = 0.3f;
  private static final int MOST_CUTS = 5;

  /**
   * How far a running title stands from the text, in font heights, and of how many pieces it is.
   */
  private static final float APART = 1.8f;

  private static final int MOST_APART = 3;

  /** More pieces are no page of prose, and looking for gutters among them takes long. */
  private static final int MOST_RUNS = 5_000;

  private ReadingOrder() {}

  /** A piece of a line without a wide gap in it. */
  private record Run(float left, float right, float y, float em, int letters, List<Glyph> glyphs) {
    static Run of(List<Glyph> glyphs) {
      float left = Float.MAX_VALUE;
      float right = -Float.MAX_VALUE;
      float em = 0;
      float y = 0;
      int letters = 0;
      for (Glyph glyph : glyphs) {
        if (!glyph.blank()) {
          left = Math.min(left, glyph.x());
          right = Math.max(right, glyph.end());
          letters += glyph.text().length();
          if (glyph.em() > em) {
            em = glyph.em();
            y = glyph.y();
          }
        }
      }
      return new Run(left, right, y, em, letters, glyphs);
    }
  }

  /** The page's text. */
  static String text(List<Glyph> glyphs) {
    Map<Integer, List<Glyph>> directions =
        glyphs.stream()
            .collect(Collectors.groupingBy(Glyph::direction, TreeMap::new, Collectors.toList()));
    List<String> blocks = new ArrayList<>();
    directions.values().stream()
        .sorted(Comparator.comparingInt((List<Glyph> same) -> -same.size()))
        .forEach(same -> cut(same).forEach(block -> blocks.add(Lines.text(block))));
    return blocks.stream().filter(block -> !block.isBlank()).collect(Collectors.joining("\n\n"));
  }

  private static List<List<Glyph>> cut(List<Glyph> glyphs) {
    List<Run> runs = new ArrayList<>();
    StringBuilder letters = new StringBuilder();
    for (List<Glyph> line : Lines.of(glyphs)) {
      List<Glyph> run = new ArrayList<>();
      float end = 0;
      for (Glyph glyph : line) {
        if (glyph.blank()) {
          run.add(glyph);
          continue;
        }
        letters.append(glyph.text());
        if (!run.isEmpty() && end != 0 && glyph.x() - end > GUTTER * glyph.em()) {
          add(run, runs);
          run = new ArrayList<>();
        }
        run.add(glyph);
        end = Math.max(run.size() == 1 ? glyph.end() : end, glyph.end());
      }
      add(run, runs);
    }
    List<List<Glyph>> blocks = new ArrayList<>();
    order(runs, Rtl.balance(letters) > 0, 0, blocks);
    return blocks;
  }

  private static void add(List<Glyph> glyphs, List<Run> runs) {
    if (glyphs.stream().anyMatch(glyph -> !glyph.blank())) {
      runs.add(Run.of(glyphs));
    }
  }

  private static void order(List<Run> runs, boolean rtl, int cuts, List<List<Glyph>> blocks) {
    float gutter = cuts < MOST_CUTS ? gutter(runs) : Float.NaN;
    if (Float.isNaN(gutter)) {
      if (!runs.isEmpty()) {
        blocks.add(runs.stream().flatMap(run -> run.glyphs.stream()).toList());
      }
      return;
    }
    List<Run> zone = new ArrayList<>();
    List<Run> across = new ArrayList<>();
    for (Run run : runs.stream().sorted(Comparator.comparingDouble(Run::y)).toList()) {
      if (run.left < gutter && run.right > gutter) {
        zone(zone, gutter, rtl, cuts, blocks);
        zone = new ArrayList<>();
        across.add(run);
      } else {
        if (!across.isEmpty()) {
          blocks.add(across.stream().flatMap(each -> each.glyphs.stream()).toList());
          across = new ArrayList<>();
        }
        zone.add(run);
      }
    }
    if (!across.isEmpty()) {
      blocks.add(across.stream().flatMap(each -> each.glyphs.stream()).toList());
    }
    zone(zone, gutter, rtl, cuts, blocks);
  }

  /** What stands between two runs that cross the gutter. */
  private static void zone(
      List<Run> zone, float gutter, boolean rtl, int cuts, List<List<Glyph>> blocks) {
    int head = apart(zone, 1);
    int foot = apart(zone, -1);
    List<Run> body = head + foot > zone.size() ? zone : zone.subList(head, zone.size() - foot);
    List<Run> left = body.stream().filter(run -> run.right <= gutter).toList();
    List<Run> right = body.stream().filter(run -> run.right > gutter).toList();
    if (left.size() < FEWEST_LINES && right.size() < FEWEST_LINES) {
      order(zone, rtl, MOST_CUTS, blocks);
      return;
    }
    order(zone.subList(0, head), rtl, MOST_CUTS, blocks);
    order(rtl ? right : left, rtl, cuts + 1, blocks);
    order(rtl ? left : right, rtl, cuts + 1, blocks);
    order(zone.subList(zone.size() - foot, zone.size()), rtl, MOST_CUTS, blocks);
  }

  /**
   * How many runs are a line of their own at the zone's top or bottom, well apart from the rest: a
   * running title, a page's number.
   *
   * @param step 1 from the top, -1 from the bottom
   */
  private static int apart(List<Run> zone, int step) {
    int edge = step > 0 ? 0 : zone.size() - 1;
    for (int i = 1; i < Math.min(zone.size(), MOST_APART + 1); i++) {
      Run before = zone.get(edge + step * (i - 1));
      Run next = zone.get(edge + step * i);
      if (Math.abs(next.y - before.y) > APART * Math.max(before.em, next.em)) {
        return i;
      }
    }
    return 0;
  }

  /** Where the widest columns part, or NaN if the runs are one column. */
  private static float gutter(List<Run> runs) {
    if (runs.size() > MOST_RUNS) {
      return Float.NaN;
    }
    Budget.look();
    TreeMap<Integer, Integer> edges = new TreeMap<>();
    for (Run run : runs) {
      edges.merge(Math.round(run.left - 1), 1, Integer::sum);
      edges.merge(Math.round(run.right + 1), 1, Integer::sum);
    }
    edges.values().removeIf(count -> count < 2);
    float best = Float.NaN;
    long most = 0;
    for (int x : edges.keySet()) {
      long weight = weight(runs, x);
      if (weight > most) {
        most = weight;
        best = x;
      }
    }
    return best;
  }

  /** How much text stands in columns on both sides; 0 if it does not. */
  private static long weight(List<Run> runs, float gutter) {
    List<Run> left = runs.stream().filter(run -> run.right <= gutter).toList();
    List<Run> right = runs.stream().filter(run -> run.left >= gutter).toList();
    if (!isColumn(left) || !isColumn(right) || !sideBySide(left, right)) {
      return 0;
    }
    long crossing = (long) runs.size() - left.size() - right.size();
    long both = Math.min(letters(left), letters(right));
    return Math.max(1, both - crossing);
  }

  private static long letters(List<Run> runs) {
    return runs.stream().mapToLong(Run::letters).sum();
  }

  private static boolean isColumn(List<Run> runs) {
    if (runs.size() < FEWEST_LINES) {
      return false;
    }
    float left = Float.MAX_VALUE;
    float right = -Float.MAX_VALUE;
    List<Float> widths = new ArrayList<>();
    List<Integer> letters = new ArrayList<>();
    for (Run run : runs) {
      left = Math.min(left, run.left);
      right = Math.max(right, run.right);
      widths.add(run.right - run.left);
      letters.add(run.letters);
    }
    widths.sort(Comparator.naturalOrder());
    letters.sort(Comparator.naturalOrder());
    return letters.get(letters.size() / 2) >= SHORTEST_COLUMN_LINE
        && widths.get(widths.size() / 2) >= FILLED * (right - left);
  }

  /** Whether the two overlap from top to bottom by some lines. */
  private static boolean sideBySide(List<Run> left, List<Run> right) {
    return within(left, right) >= FEWEST_LINES && within(right, left) >= FEWEST_LINES;
  }

  private static long within(List<Run> runs, List<Run> others) {
    float top = Float.MAX_VALUE;
    float bottom = -Float.MAX_VALUE;
    for (Run other : others) {
      top = Math.min(top, other.y - other.em);
      bottom = Math.max(bottom, other.y + other.em);
    }
    long within = 0;
    for (Run run : runs) {
      within += run.y >= top && run.y <= bottom ? 1 : 0;
    }
    return within;
  }
}
