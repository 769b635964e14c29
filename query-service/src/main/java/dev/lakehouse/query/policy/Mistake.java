package dev.lakehouse.query.policy;

/**
 * Something that is wrong with a policy.
 *
 * @param what is wrong, and what to do
 */
public record Mistake(Place place, String what) {
  /**
   * Where it is.
   *
   * @param line from 1; 0 if it is about the whole file
   */
  public record Place(String file, int line) {
    @Override
    public String toString() {
      return line == 0 ? file : file + ":" + line;
    }
  }

  @Override
  public String toString() {
    return place + ": " + what;
  }
}
