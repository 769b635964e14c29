package dev.lakehouse.ingest.classify.kind;

import java.util.regex.Pattern;

/** Streets with numbers in the ways of many countries, and postal codes. */
final class Addresses {
  static final String NUMBER_FIRST =
      "\\d{1,6}[A-Za-z]?(?:[-/]\\d{1,4}[A-Za-z]?)?,? (?:[\\p{L}\\d.'’-]+ ){0,5}?"
          + "(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|way|place|pl"
          + "|terrace|ter|circle|cir|square|sq|parkway|pkwy|highway|hwy|trail|trl|close|crescent"
          + "|cres|grove|gardens|gdns|mews|row|loop|alley|plaza|path|walk|pike|route|ridge|broadway"
          + "|crossing|cove|glen|heights|manor|oval|parade|esplanade|junctions?|mountains?|islands?"
          + "|forges?|spurs?|track|springs?|shores?|ports?|ville|isle|freeway|fort|views?|mills?"
          + "|meadows?|via|union|tunnel|throughway|summit|stravenue|station|stream|river|rest|rapids?"
          + "|ramp|radial|prairie|points?|plains?|pines?|passage|parks?|overpass|orchard|neck|motorway"
          + "|mount|mission|mall|locks?|lodge|lights?|lakes?|landing|knolls?|keys?|inlet|hollow|hills?"
          + "|harbors?|haven|greens?|gateway|garden|forks?|forest|fords?|flats?|fields?|falls?|ferry"
          + "|extensions?|expressway|estates?|drives|divide|dam|dale|curve|creek|course|corners?"
          + "|common|cliffs?|centers?|causeway|canyon|camp|bypass|burgs?|brooks?|bridge|branch|bottom"
          + "|bluffs?|bend|beach|bayou|squares|turnpike|trafficway|trace|skyway|roads|rue|av|bd"
          + "|boulevard|chemin|allée|impasse|quai)\\b";
  static final String WORD_FIRST =
      "(?:rue|avenue|av|boulevard|bd|place|chemin|allée|allee|impasse|quai|route|calle|c/|cl|avenida"
          + "|avda|av|plaza|paseo|camino|carrera|cra|ronda|travesía|pasaje|via|viale|piazza|corso"
          + "|largo|vicolo|contrada|strada|stretto|borgo|rotonda|rua|travessa|alameda|praça|praca"
          + "|rodovia|estrada|largo|ladeira|ul|ulica|aleja|al|osiedle|os|pl|plac|jalan|jl|gang"
          + "|strada|str|bulevardul|bd|aleea|улица|ул|проспект|пр|пр-т|переулок|пер|бульвар|шоссе|вулиця|вул|οδός|рoad|am|an"
          + " der|in der|auf dem|im|zum|zur|unter den)\\.? [^\\d]{1,60}?,? ?(?:n[°ºo]\\.? ?|д\\.?"
          + " ?|nr\\.? ?|no\\.? ?)?\\d{1,5}[A-Za-z]?";
  static final String JOINED =
      "(?:[\\p{L}.'-]+["
          + " -]){0,3}\\p{L}*(?:strasse|straße|str\\.|weg|platz|allee|gasse|ring|damm|ufer"
          + "|straat|laan|plein|gracht|kade|dreef|singel|steeg|dijk|hof|pad|park|gatan|vägen|gränd"
          + "|stigen|torget|gata|gate|gaten|veien|vei|vej|gade|allé|katu|tie|kuja|polku|utca|út|útja"
          + "|tér|sokak|sokağı|caddesi|cad\\.|sok\\.|ulica|ulice|třída|náměstí|utja|körút|chaussee"
          + "|steig|markt|pfad|stieg|berg|graben|kamp|bach|feld|brink|horst|heide|winkel)"
          + " ?(?:no[.:]? ?|nr\\.? ?)?\\d{1,4} ?[A-Za-z]?(?:[-/]\\d{1,4}[A-Za-z]?)?";
  static final String BOX =
      "(?:p\\.? ?o\\.? ?box|post ?office box|postfach|postbus|apartado|casilla|boîte postale|bp"
          + "|c\\.?p\\.?|skr\\. pocz\\.|psc|unit|apo|fpo|box)[ :#]*\\d{2,6}";
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final Pattern STREET =
      Pattern.compile(
          "^(?:(?:apt|apartment|suite|ste|unit|flat|room)\\.? ?#?\\w{1,6},? |studio \\w{1,4},?"
              + " )?(?:"
              + NUMBER_FIRST
              + "|"
              + WORD_FIRST
              + "|"
              + JOINED
              + "|"
              + BOX
              + ")(?:$|[\\s,.;#/(-])",
          FLAGS);
  private static final Pattern EAST =
      Pattern.compile(
          ".*(?:[路街道巷弄]\\s*\\d+|\\d+\\s*[号號]|丁目|番地|\\d+番|(?:[로길]\\s?\\d+)|"
              + "[市区區县縣].*[路街道镇鎮村町]).*");
  private static final Pattern STREET_NAME =
      Pattern.compile(
          "(?:\\d+\\w? )?[\\p{L}.' -]{2,40} (?:street|avenue|road|drive|lane|boulevard|court|way"
              + "|terrace|st\\.?|ave\\.?|rd\\.?|blvd\\.?|dr\\.?|ln\\.?)"
              + "|(?:rue|calle|via|rua|avenida|viale|piazza|ulica|ul\\.) [\\p{L}.' -]{2,40}"
              + "|\\p{L}+(?:straße|strasse|straat|gatan|vägen|gasse)"
              + "|\\d{1,5}[A-Za-z]? (?:\\p{L}[\\p{L}.'’-]+ ?){1,5}"
              + "|(?:\\p{L}[\\p{L}.'’-]+ ){1,4}\\d{1,4} ?[A-Za-z]?(?:[-/]\\d+)?",
          FLAGS);
  private static final Pattern POSTAL =
      Pattern.compile(
          "(?:GIR 0AA|[A-PR-UWYZ][A-HK-Y]?\\d[A-Z\\d]? \\d[ABD-HJLNP-UW-Z]{2}"
              + "|[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z][ -]?\\d[ABCEGHJ-NPRSTV-Z]\\d"
              + "|[1-9]\\d{3} [A-Z]{2}|[AC-FHKNPRTV-Y]\\d[\\dW] [\\dAC-FHKNPRTV-Y]{4}"
              + "|(?:D|A|CH|F|L|B|FIN|SE|S|DK|N|LV|LT|MD|AX|AZ|I|E)-\\d{4,5})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SEPARATED =
      Pattern.compile(
          "\\d{5}-\\d{3}|\\d{4}-\\d{3}|\\d{2}-\\d{3}|\\d{5}-\\d{4}|\\d{3} \\d{2}|〒?\\d{3}-\\d{4}");
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:[A-Za-z]{1,3}-?)?\\d[\\dA-Za-z]{0,6}(?:[ -]?[\\dA-Za-z]{1,4})?|[A-Za-z]{1,2}\\d.*");

  private Addresses() {}

  static boolean isStreet(String value) {
    return STREET.matcher(value).find() || (value.length() > 4 && EAST.matcher(value).matches());
  }

  static boolean isStreetLike(String value) {
    return STREET_NAME.matcher(value).matches();
  }

  static boolean isPostal(String value) {
    return POSTAL.matcher(value).matches();
  }

  static boolean isSeparatedPostal(String value) {
    return SEPARATED.matcher(value).matches();
  }

  static boolean isPostalShaped(String value) {
    return value.length() >= 3 && value.length() <= 10 && SHAPE.matcher(value).matches();
  }
}
