package dev.lakehouse.ingest.classify.kind;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IP addresses, alone or with a mask or port. */
final class IpAddresses {
  static final String V4 =
      "(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern FOUR = Pattern.compile("(" + V4 + ")(?:/\\d{1,2}|:\\d{1,5})?");
  private static final Pattern SIX =
      Pattern.compile(
          "\\[?(?:(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}"
              + "|(?=[0-9a-fA-F:.]*::)[0-9a-fA-F]{0,4}(?::{1,2}[0-9a-fA-F]{1,4}){0,7}(?:::)?"
              + "(?::?"
              + V4
              + ")?)\\]?(?:%\\w+)?(?:/\\d{1,3})?");
  private static final Pattern ENDPOINT =
      Pattern.compile("\\[([0-9a-fA-F:.]+)\\]:\\d{1,5}|((?:\\d{1,3}\\.){3}\\d{1,3}):\\d{1,5}");
  private static final int SMALL = 30;

  private IpAddresses() {}

  /** The address of an endpoint, without its port; of several the first, as proxies write them. */
  static String host(String list) {
    int comma = list.indexOf(',');
    String value = comma < 0 ? list : list.substring(0, comma);
    Matcher endpoint = ENDPOINT.matcher(value);
    if (!endpoint.matches()) {
      return value;
    }
    return endpoint.group(1) == null ? endpoint.group(2) : endpoint.group(1);
  }

  static boolean isFour(String value) {
    return value.length() >= 7 && FOUR.matcher(value).matches();
  }

  /** Whether every part is as small as a version's. */
  static boolean isSmall(String value) {
    for (String part : value.split("[./:]", -1)) {
      if (part.length() > 3 || Integer.parseInt(part) > SMALL) {
        return false;
      }
    }
    return true;
  }

  static boolean isSix(String value) {
    return value.length() >= 3
        && value.indexOf(':') >= 0
        && value.indexOf(':') != value.lastIndexOf(':')
        && SIX.matcher(value).matches();
  }
}
