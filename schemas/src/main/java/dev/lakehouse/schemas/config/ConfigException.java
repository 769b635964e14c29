package dev.lakehouse.schemas.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration has mistakes; all of them are named, each with its key. Mend and start again.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  /** One mistake: the key it is under and what is wrong with it. */
  public record Mistake(String key, String what) {}

  public ConfigException(String source, List<Mistake> mistakes) {
    super(
        mistakes.stream()
            .map(mistake -> "  " + mistake.key() + ": " + mistake.what())
            .collect(
                Collectors.joining(
                    "\n",
                    "the configuration ("
                        + source
                        + ") has "
                        + mistakes.size()
                        + (mistakes.size() == 1 ? " mistake:\n" : " mistakes:\n"),
                    "")));
    this.mistakes = List.copyOf(mistakes);
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
