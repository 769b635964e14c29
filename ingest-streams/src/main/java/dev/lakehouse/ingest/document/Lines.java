package dev.lakehouse.ingest.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Glyphs to lines, and lines to text. */
final class Lines {
  /** Baselines closer than this share of the font's height are one line; an index is. */
  private static final float SAME_LINE = 0.5f;

  /** A larger step between baselines than so many usual ones ends a paragraph. */
  private static final float PARAGRAPH = 1.6f;

  private Lines() {}

  /** The lines from top to bottom, each from left to right. */
  static List<List<Glyph>> of(List<Glyph> glyphs) {
    List<Glyph> sorted = new ArrayList<>(glyphs);
    sorted.sort(Comparator.comparingDouble(Glyph::y));
    List<List<Glyph>> lines = new ArrayList<>();
    List<Glyph> line = new ArrayList<>();
    float baseline = 0;
    float em = 0;
    for (Glyph glyph : sorted) {
      if (!line.isEmpty() && glyph.y() - baseline > SAME_LINE * Math.max(em, glyph.em())) {
        lines.add(line);
        line = new ArrayList<>();
        em = 0;
      }
      line.add(glyph);
      if (glyph.em() > em) {
        em = glyph.em();
        baseline = glyph.y();
      }
    }
    if (!line.isEmpty()) {
      lines.add(line);
    }
    lines.forEach(each -> each.sort(Comparator.comparingDouble(Glyph::x)));
    return lines;
  }

  /** The text of a block of lines, which are all of one column. */
  static String text(List<Glyph> glyphs) {
    StringBuilder text = new StringBuilder();
    List<List<Glyph>> lines = of(glyphs);
    float usual = usualStep(lines);
    float last = 0;
    for (List<Glyph> line : lines) {
      String words = words(line);
      if (words.isBlank()) {
        continue;
      }
      float y = baseline(line);
      if (!text.isEmpty()) {
        text.append(y - last > PARAGRAPH * usual ? "\n\n" : "\n");
      }
      text.append(words);
      last = y;
    }
    return text.toString();
  }

  private static float baseline(List<Glyph> line) {
    float em = 0;
    float y = 0;
    for (Glyph glyph : line) {
      if (glyph.em() > em) {
        em = glyph.em();
        y = glyph.y();
      }
    }
    return y;
  }

  private static float usualStep(List<List<Glyph>> lines) {
    List<Float> steps = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      steps.add(baseline(lines.get(i)) - baseline(lines.get(i - 1)));
    }
    steps.sort(Comparator.naturalOrder());
    return steps.isEmpty() ? Float.MAX_VALUE : steps.get(steps.size() / 2);
  }

  private static String words(List<Glyph> line) {
    List<String> shapes = new ArrayList<>();
    Glyph last = null;
    for (Glyph glyph : line) {
      if (glyph.blank()) {
        space(shapes);
        last = last == null || glyph.end() < last.end() ? last : glyph;
        continue;
      }
      boolean mark = Character.getType(glyph.text().codePointAt(0)) == Character.NON_SPACING_MARK;
      if (mark && last != null && glyph.x() < last.end() && !shapes.isEmpty()) {
        shapes.set(shapes.size() - 1, shapes.get(shapes.size() - 1) + glyph.text());
        continue;
      }
      if (last != null && glyph.x() - last.end() > gap(last, glyph)) {
        space(shapes);
      }
      shapes.add(glyph.text());
      last = glyph;
    }
    return shapes.isEmpty() ? "" : Rtl.logical(shapes).strip();
  }

  private static void space(List<String> shapes) {
    if (!shapes.isEmpty() && !shapes.get(shapes.size() - 1).equals(" ")) {
      shapes.add(" ");
    }
  }

  /** Documents often set words apart without a space between them. */
  private static float gap(Glyph left, Glyph right) {
    float space = Math.min((left.space() + right.space()) / 4, left.em() * 0.3f);
    float letter = left.width() / left.text().length();
    return Math.max(Math.min(space, letter * 0.3f), left.em() * 0.05f);
  }
}
