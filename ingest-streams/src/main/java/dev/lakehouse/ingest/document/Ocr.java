package dev.lakehouse.ingest.document;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.format.Aside;
import dev.lakehouse.ingest.scratch.NoRoomException;
import dev.lakehouse.ingest.scratch.Scratch;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pages that are pictures, with tesseract as a process of its own for each page, where it is
 * installed.
 *
 * @see <a href="https://tesseract-ocr.github.io/">tesseract</a>
 */
public final class Ocr {
  private static final Logger LOG = LoggerFactory.getLogger(Ocr.class);
  private static final Duration TO_ANSWER = Duration.ofSeconds(10);
  private static final int LONGEST_ANSWER = 900_000;

  private final String command;
  private final String languages;
  private final Duration timeout;
  private final Semaphore processes;
  private final Optional<String> trouble;
  private final Scratch scratch;
  private final Aside aside;

  private Ocr(
      String command,
      String languages,
      Duration timeout,
      int processes,
      Optional<String> trouble,
      Scratch scratch,
      Aside aside) {
    this.scratch = scratch;
    this.aside = aside;
    this.command = command;
    this.languages = languages;
    this.timeout = timeout;
    this.processes = new Semaphore(processes, true);
    this.trouble = trouble;
  }

  /** Reads nothing: every picture is a page that needs it. */
  public static Ocr none() {
    return new Ocr(
        "",
        "",
        Duration.ZERO,
        1,
        Optional.of("reading of scanned pages is turned off"),
        Scratch.ofJava(),
        Aside.NOBODY);
  }

  /**
   * Looks for tesseract, and says once in the log if it is not there.
   *
   * @param command the program; empty for none
   * @param languages tesseract's names of the languages, with {@code +} between them
   * @param timeout how long a page may take
   * @param processes how many pages are read at once
   * @param scratch where pictures of pages are written for it
   * @param aside told while a page waits and is read
   */
  public static Ocr detect(
      String command,
      String languages,
      Duration timeout,
      int processes,
      Scratch scratch,
      Aside aside) {
    if (command.isEmpty()) {
      return none();
    }
    Optional<String> trouble = trouble(command, languages, scratch);
    trouble.ifPresent(why -> LOG.warn("scanned pages are not read, only marked: {}", why));
    return new Ocr(command, languages, timeout, processes, trouble, scratch, aside);
  }

  private static Optional<String> trouble(String command, String languages, Scratch scratch) {
    try {
      Answer answer = run(List.of(command, "--list-langs"), TO_ANSWER, scratch);
      Set<String> installed = answer.out().lines().map(String::strip).collect(Collectors.toSet());
      List<String> missing =
          Arrays.stream(languages.split("\\+", -1))
              .filter(one -> !installed.contains(one))
              .toList();
      return missing.isEmpty()
          ? Optional.empty()
          : Optional.of(command + " has no language " + String.join(", ", missing));
    } catch (IOException e) {
      return Optional.of(command + " is not installed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(command + " did not answer");
    }
  }

  /** Why scanned pages are not read, or empty if they are. */
  public Optional<String> trouble() {
    return trouble;
  }

  /**
   * The text of the page, or empty if it could not be read so.
   *
   * @throws NoRoomException if the disk has no room for the page's picture
   */
  Optional<String> read(PDDocument document, PDPage page) {
    if (trouble.isPresent()) {
      return Optional.empty();
    }
    aside.step();
    try {
      processes.acquire();
      try {
        return readNow(document, page);
      } finally {
        processes.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (NoRoomException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      LOG.warn("a scanned page could not be read: {}", PdfPages.reason(e));
    } finally {
      aside.comeBack();
    }
    return Optional.empty();
  }

  private Optional<String> readNow(PDDocument document, PDPage page)
      throws IOException, InterruptedException {
    PagePicture drawn = PagePicture.of(document, page);
    scratch.ask((long) drawn.image().getWidth() * drawn.image().getHeight());
    Path picture = scratch.file("page", ".pgm");
    try {
      write(drawn.image(), picture);
      Answer answer = run(arguments(picture, drawn.dpi()), timeout, scratch);
      if (answer.status() == 0) {
        return Optional.of(answer.out().replace("\f", "").strip());
      }
      LOG.warn("{} ended with {}: {}", command, answer.status(), answer.err().strip());
      return Optional.empty();
    } catch (IOException e) {
      throw NoRoomException.unless(picture, e);
    } finally {
      Files.deleteIfExists(picture);
    }
  }

  private List<String> arguments(Path picture, int dpi) {
    return List.of(
        command, picture.toString(), "stdout", "-l", languages, "--dpi", Integer.toString(dpi));
  }

  /** Portable graymap, which needs no packing. */
  private static void write(BufferedImage image, Path file) throws IOException {
    byte[] gray = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(("P5 " + image.getWidth() + " " + image.getHeight() + " 255\n").getBytes(US_ASCII));
      out.write(gray);
    }
  }

  private record Answer(int status, String out, String err) {}

  /** What it says goes to files, so that it never waits for a reader. */
  private static Answer run(List<String> arguments, Duration timeout, Scratch scratch)
      throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    Process process = null;
    try {
      Path out = scratch.file("ocr", ".out");
      files.add(out);
      Path err = scratch.file("ocr", ".err");
      files.add(err);
      ProcessBuilder builder =
          new ProcessBuilder(arguments)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("OMP_THREAD_LIMIT", "1");
      process = builder.start();
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("it takes longer than " + timeout.toSeconds() + " s");
      }
      return new Answer(process.exitValue(), text(out), text(err));
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LONGEST_ANSWER), UTF_8);
    }
  }
}
