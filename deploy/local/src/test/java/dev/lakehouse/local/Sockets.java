package dev.lakehouse.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process listens on, as Linux tells it in {@code /proc}. */
final class Sockets {
  private static final Pattern INODE = Pattern.compile("socket:\\[(\\d+)]");
  private static final String LISTENING = "0A";
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F");

  private static final int SILENCE_MILLIS = 2_000;
  private static final int LONGEST_ANSWER = 1 << 16;

  private Sockets() {}

  /** A listening socket: its local address as the kernel writes it, and its port. */
  record Listening(String address, int port) {
    boolean isLoopback() {
      return LOOPBACK.contains(address);
    }
  }

  static List<Listening> of(long pid) throws IOException {
    Set<String> inodes = inodes(pid);
    List<Listening> found = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      Path file = Path.of("/proc", Long.toString(pid), "net", table);
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields[3].equals(LISTENING) && inodes.contains(fields[9])) {
          String[] local = fields[1].split(":", 2);
          found.add(new Listening(local[0], Integer.parseInt(local[1], 16)));
        }
      }
    }
    return found;
  }

  /** What a port answers to a request without a body; empty if it hangs up or stays silent. */
  static String answer(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(SILENCE_MILLIS);
      socket
          .getOutputStream()
          .write(
              (request
                      + " HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://elsewhere.example\r\n"
                      + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                  .getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readNBytes(LONGEST_ANSWER), ISO_8859_1);
    } catch (SocketTimeoutException | SocketException hungUp) {
      return "";
    }
  }

  private static Set<String> inodes(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          Matcher matcher = INODE.matcher(Files.readSymbolicLink(descriptor).toString());
          if (matcher.matches()) {
            inodes.add(matcher.group(1));
          }
        }
      }
    }
    return inodes;
  }
}
