package dev.lakehouse.query.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a directory at one moment.
 *
 * @param contents by name, in the order of names
 * @param hash of names and contents
 */
record PolicyFiles(Map<String, String> contents, String hash) {
  private static final int MOST_FILES = 10_000;
  private static final long LARGEST = 1 << 20;

  /** How a file looks from outside. */
  record Outside(Path file, long size, FileTime changed) {}

  /** The files, in the order of their names. */
  static List<Outside> outside(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files =
          all.filter(file -> !file.getFileName().toString().startsWith("."))
              .filter(file -> file.getFileName().toString().endsWith(".toml"))
              .filter(Files::isRegularFile)
              .sorted()
              .limit(MOST_FILES + 1L)
              .toList();
    }
    if (files.size() > MOST_FILES) {
      throw new IOException("there are more than " + MOST_FILES + " files");
    }
    List<Outside> outside = new ArrayList<>();
    for (Path file : files) {
      outside.add(new Outside(file, Files.size(file), Files.getLastModifiedTime(file)));
    }
    return outside;
  }

  /**
   * Reads the files.
   *
   * @throws IOException also if one is larger than 1 MiB or no UTF-8
   */
  static PolicyFiles read(List<Outside> files) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    MessageDigest digest = sha256();
    for (Outside each : files) {
      String name = each.file().getFileName().toString();
      if (each.size() > LARGEST) {
        throw new IOException(name + " is larger than " + LARGEST + " bytes");
      }
      byte[] bytes = Files.readAllBytes(each.file());
      digest.update((name + "\0" + bytes.length + "\0").getBytes(UTF_8));
      digest.update(bytes);
      try {
        contents.put(name, UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      } catch (CharacterCodingException e) {
        throw new IOException(name + " is not UTF-8", e);
      }
    }
    return new PolicyFiles(contents, HexFormat.of().formatHex(digest.digest()).substring(0, 16));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
