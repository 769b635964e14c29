package dev.lakehouse.ingest.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The formats that can be read, and which of them a file is of. */
public final class Formats {
  /** The option that names a file's format, whatever it looks like. */
  public static final String OPTION = "format";

  /** The option that names one of several files in an archive. */
  public static final String ENTRY = "entry";

  private final Map<String, FileFormat> formats = new LinkedHashMap<>();

  /**
   * @param formats in the order in which they are asked; those not asked for are simply not there
   */
  public Formats(List<FileFormat> formats) {
    formats.forEach(format -> this.formats.put(format.name(), format));
  }

  /**
   * The format of this name, which a plan says.
   *
   * @throws IllegalArgumentException if there is none
   */
  public FileFormat named(String name) {
    return Optional.ofNullable(formats.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "format is '" + name + "'; there are " + String.join(", ", formats.keySet())));
  }

  /** Every option that some format takes, this class's own among them. */
  public Set<String> options() {
    Set<String> options = new TreeSet<>(Set.of(OPTION, ENTRY));
    formats.values().forEach(format -> options.addAll(format.options()));
    return options;
  }

  /**
   * Checks what an uploader said.
   *
   * @throws IllegalArgumentException if an option is unknown or its value cannot be used; the
   *     message says which and why
   */
  public void check(Map<String, String> options) {
    Set<String> known = options();
    for (String option : options.keySet()) {
      if (!known.contains(option)) {
        throw new IllegalArgumentException(
            "'" + option + "' is not an option; there are " + String.join(", ", known));
      }
    }
    List<FileFormat> meant = new ArrayList<>(formats.values());
    if (options.containsKey(OPTION)) {
      meant = List.of(named(options.getOrDefault(OPTION, "")));
    }
    for (FileFormat format : meant) {
      Map<String, String> its = new LinkedHashMap<>(options);
      its.keySet().retainAll(format.options());
      format.check(its);
    }
  }

  /**
   * The format that the file is of: what the option says, else what its content says.
   *
   * @throws UnreadableFileException if it is of none
   */
  public FileFormat of(FileSource source, Map<String, String> options) throws IOException {
    return of(FileHead.of(source), options);
  }

  /** As {@link #of(FileSource, Map)}, from the file's first bytes. */
  public FileFormat of(FileHead head, Map<String, String> options) {
    String said = options.get(OPTION);
    if (head.bytes().length == 0) {
      throw new UnreadableFileException(
          "empty_file",
          "'" + head.name() + "' has no bytes",
          "send a file with at least one line or row");
    }
    if (said != null) {
      return named(said);
    }
    Optional<String> magic = Magic.format(head);
    if (magic.isPresent()) {
      return recognised(magic.get(), head);
    }
    Magic.other(head)
        .ifPresent(
            kind -> {
              throw unknown(head, "it is " + kind);
            });
    for (FileFormat format : formats.values()) {
      if (format.claims(head)) {
        return format;
      }
    }
    return recognised(TextKind.of(head, formats.keySet()), head);
  }

  private FileFormat recognised(String name, FileHead head) {
    FileFormat format = formats.get(name);
    if (format == null) {
      throw unknown(head, "it is " + name + ", which this lakehouse does not read");
    }
    return format;
  }

  static UnreadableFileException unknown(FileHead head, String why) {
    return new UnreadableFileException(
        "unknown_format",
        "'" + head.name() + "' cannot be read: " + why,
        "send CSV, JSON, Parquet, Avro, PDF or text, compressed with gzip, zip or zstd or not; the"
            + " option format names one if it was not recognised");
  }
}
