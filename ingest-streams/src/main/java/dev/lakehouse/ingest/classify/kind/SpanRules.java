package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The patterns of what can be told in a text by its form, its check or the words before it. */
final class SpanRules {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final String MONTH =
      "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|maj|okt|dez|des|ene|abr|ago|dic|janv"
          + "|févr|mars|mär|märz|avr|juin|juil|août|gen|mag|giu|lug|set|ott|fev|out|mei|mrt|sty|lut"
          + "|kwi|cze|lip|sie|wrz|paź|lis|gru)\\p{L}*\\.?";
  private static final String DATE =
      "(?:\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}|\\d{1,2}(?:st|nd|rd|th|er|\\.|º)?[ /-]?(?:of |de |di"
          + " )?"
          + MONTH
          + ",?(?: de| del)?[ /-]\\d{2,4}|"
          + MONTH
          + " \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{4}[年년] ?\\d{1,2}[月월] ?\\d{1,2}[日일])";
  private static final String AMOUNT =
      "(?:(?:[$€£¥₹]|R\\$|USD|EUR|GBP|CHF|INR|AUD|CAD) ?\\d[\\d,.' ]*\\d(?: ?k)?|\\d[\\d,.']*\\d(?:"
          + " ?k)? ?(?:[$€£¥₹]|USD|EUR|GBP|CHF|INR|euros?|dollars|pounds|zł|kr))";

  private static final int LEAST_SECRET = 10;
  private static final int LEAST_BEARER = 16;
  private static final int LEAST_IP = 4;
  private static final int LEAST_IP_6 = 3;
  private static final int CARD_DIGITS = 13;

  private static final String[] PARTS_OF_ILLNESSES = {
    "isease",
    "ailure",
    "nfection",
    "isorder",
    "nsufficiency",
    "ttack",
    "njury",
    "racture",
    "roken",
    "prain",
    "islocat",
    "orn ",
    "uptur",
    "wollen"
  };

  private static final Pattern THING =
      Pattern.compile(
          "(?s).*(?:注文番号|注文|订单号|订单|訂單編號|訂單|운송장|주문번호|주문"
              + " 번호|คำสั่งซื้อ|\\b(?:imei|isbn|issn|ean|upc|gtin|sku|part|order|invoice|tracking|serial|batch|lot"
              + "|parcel|reference|ref|ticket|case|model|item|article|rechnung|auftrag|bestellung"
              + "|sendung|facture|commande|pedido|factura|fattura|ordine|fatura|encomenda|bestelling"
              + "|factuur|zamówieni\\p{L}+|faktur\\p{L}+|booking|confirmation|transaction|policy|contract|purchase|meter|version|firmware|release|build|patch|driver|upgrade|update|pesanan|tilaus\\p{L}*|rendelés\\p{L}*|comand[aă]|comenzii|objednávk\\p{L}*|ordre|bestilling\\p{L}*|beställning\\p{L}*|sipariş\\p{L}*|narudžb\\p{L}*|naročil\\p{L}*|đơn"
              + " hàng|mã"
              + " đơn|заказ\\p{L}*|замовленн\\p{L}*|поръчк\\p{L}*|поруџбин\\p{L}*|παραγγελί\\p{L}*|الطلب|طلبية|سفارش|הזמנה|ऑर्डर|অর্ডার|agizo|oda))(?:"
              + " (?:of|for|the|is|number|no|nr|id|code|num|returned|lost|stolen|new|old|my|your|phone"
              + "|handset|device|n°))*[\\s.:#=n°º]*$",
          FLAGS);

  static final List<SpanRule> ALL = new ArrayList<>();

  /** Of texts with letters beyond the Latin, Greek and Cyrillic ones. */
  static final List<SpanRule> BEYOND_LATIN = ScriptRules.beyondLatin();

  static {
    secrets();
    contacts();
    ALL.addAll(ScriptRules.all());
    numbers();
    birthAndPay();
    health();
  }

  private SpanRules() {}

  /** Whether the words before a place say that it numbers a thing. */
  static boolean isThing(String text, int at) {
    return THING.matcher(text.substring(Math.max(0, at - 40), at)).matches();
  }

  private static void secrets() {
    rule(
        look -> look.longestWord() >= LEAST_SECRET,
        PersonalKind.CREDENTIALS,
        0.98,
        0,
        "(?<![A-Za-z0-9])(?:" + Secrets.FORMS + ")",
        0,
        s -> true);
    rule(
        look -> look.longestWord() >= LEAST_BEARER,
        PersonalKind.CREDENTIALS,
        0.97,
        FLAGS,
        "\\b(?:Authorization:? ?)?(?:Basic|Bearer) ([A-Za-z0-9+/_.~-]{16,}={0,2})",
        1,
        s -> true);
    rule(
        look -> look.longestWord() >= LEAST_SECRET,
        PersonalKind.CREDENTIALS,
        0.85,
        FLAGS,
        "\\b(?:pass|token|secret|key)(?: is|:)? ([^\\s,;]{10,128}[^\\s,;.!?])",
        1,
        s -> isToken(s) && (Secrets.isMixed(s) || s.matches(".*\\d\\p{L}.*-.*")));
    rule(
        look -> look.text().contains(" -"),
        PersonalKind.CREDENTIALS,
        0.85,
        0,
        "\\b(?:login|mysql|psql|sshpass|ftp|curl|redis-cli|docker|mongo|ldapsearch|unzip|7z)\\b[^\\n"
            + "]{0,60}? (?:-p ?|-a |-w |-P |--pass(?:word)?[= ]|-u"
            + " \\S{1,40}:)['\"]?([^\\s'\"]{6,64})",
        1,
        s -> true);
  }

  /** Whether a token has letters and digits, as words and numbers have not. */
  private static boolean isToken(String text) {
    return text.matches("(?=.*\\d)(?=.*\\p{L}).*");
  }

  private static void contacts() {
    rule(
        look -> look.digits() >= Phones.LEAST_DIGITS && look.text().indexOf('+') >= 0,
        PersonalKind.PHONE,
        0.9,
        0,
        "(?<![\\w+])\\+\\d[\\d ().-]{7,18}\\d(?!\\d)",
        0,
        Phones::isInternational);
    rule(
        look -> look.text().indexOf('@') >= 0,
        PersonalKind.EMAIL,
        0.99,
        0,
        "(?<![\\p{IsLatin}\\p{IsCyrillic}\\p{IsGreek}\\p{N}._%+-])(?=[\\p{IsLatin}\\p{IsCyrillic}\\p{IsGreek}\\p{N}._%+'’-]{1,64}@)"
            + ValueRecogniser.EMAIL_WRITTEN
            + "(?![\\p{IsLatin}\\p{N}@])",
        0,
        s -> true);
    rule(
        look -> look.digits() >= LEAST_IP && look.text().indexOf('.') >= 0,
        PersonalKind.IP_ADDRESS,
        0.95,
        0,
        "(?<![\\d.]|\\p{L}[/_v-])" + IpAddresses.V4 + "(?![\\d]|\\.\\d)",
        0,
        s -> !IpAddresses.isSmall(s),
        true);
    rule(
        look -> look.digits() >= LEAST_IP && look.text().indexOf('.') >= 0,
        PersonalKind.IP_ADDRESS,
        0.9,
        FLAGS,
        "(?:\\b(?:ip|ips|address|adresse|host|server|client|gateway|router|dns|src|dst|source"
            + "|ping|ssh|proxy|node|vpn|peer|pings?)\\b[ :=]{1,3}(?:is |was |at |to )?|[=@\\[(])("
            + IpAddresses.V4
            + ")(?![\\d]|\\.\\d)",
        1,
        s -> true);
    rule(
        look -> look.text().indexOf(':') >= 0 && look.longestWord() >= LEAST_IP_6,
        PersonalKind.IP_ADDRESS,
        0.95,
        0,
        "(?<![0-9a-fA-F:])(?:[0-9a-fA-F]{1,4}:){1,7}(?::?[0-9a-fA-F]{1,4}){1,7}(?![0-9a-fA-F:])"
            + "|(?<![0-9a-fA-F:])::(?:[0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4}(?![0-9a-fA-F:])",
        0,
        s -> s.chars().filter(c -> c == ':').count() >= 2 && IpAddresses.isSix(s));
  }

  private static void numbers() {
    rule(
        look -> look.digits() >= CARD_DIGITS,
        PersonalKind.CARD_NUMBER,
        0.97,
        0,
        "(?<![\\d.-])" + Payment.CARD_WRITTEN + "(?![\\d]|[.-]\\d)",
        0,
        Payment::isCard,
        true);
  }

  private static void birthAndPay() {
    rule(
        look -> look.digits() >= LEAST_IP && look.text().contains("b."),
        PersonalKind.DATE_OF_BIRTH,
        0.93,
        FLAGS,
        "(?<![\\p{L}.])b\\. ?(" + DATE + ")",
        1,
        s -> true);
    rule(
        look -> look.digits() > 0,
        PersonalKind.SALARY,
        0.9,
        FLAGS,
        "("
            + AMOUNT
            + ")(?= ?(?:/|per |a |an |pro |par |al |all'|por"
            + " )\\s?(?:year|yr|annum|hour|hr|jahr|an\\b|año|anno)|"
            + " ?(?:p\\.a\\.|annually|annual|yearly|monthly salary|gross salary|brut))",
        1,
        s -> true);
  }

  private static void health() {
    rule(
        look -> look.digits() >= 2 && look.capital(),
        PersonalKind.MEDICAL,
        0.85,
        0,
        "\\b[A-TV-Z]\\d[0-9AB]\\.[0-9A-Z]{1,4}\\b",
        0,
        s -> true);
    rule(
        look -> look.digits() >= 2,
        PersonalKind.MEDICAL,
        0.85,
        FLAGS,
        "\\b(?:icd(?:-?10)?(?:-cm)?|diagnos[ei]s?(?: codes?)?|cie-?10|cim-?10|cid(?:-?10)?)\\b["
            + " :,]*(?:[A-TV-Z]\\d[0-9AB](?:\\.\\d{1,2})?[,"
            + " ]+)*([A-TV-Z]\\d[0-9AB](?:\\.\\d{1,2})?)\\b",
        1,
        s -> true);
    rule(
        look -> look.hasAny("ositiv", "egativ", "Rh"),
        PersonalKind.MEDICAL,
        0.85,
        0,
        "\\b(?:AB|A|B|O|0) (?:Rh ?)?(?:positive|negative|positiv|negativ|Rh[+-])(?![\\p{L}])",
        0,
        s -> true);
    rule(
        look -> look.digits() > 0 || look.hasAny("ositiv", "egativ", "eactive", "levated"),
        PersonalKind.MEDICAL,
        0.85,
        FLAGS,
        Health.LABORATORY_WRITTEN,
        0,
        s -> true);
    rule(
        look -> look.hasAny(PARTS_OF_ILLNESSES),
        PersonalKind.MEDICAL,
        0.85,
        FLAGS,
        "\\b(?:(?:chronic|acute|severe|congestive|congenital) )?(?:kidney|liver|heart|lung|coronary"
            + "|renal|hepatic|cardiac|bowel|thyroid|celiac|coeliac|crohn's|parkinson's|alzheimer's|huntington's|lyme|respiratory|urinary"
            + " tract|ear|sinus|eating|personality|panic|bipolar|traumatic"
            + " stress|compulsive|anxiety|mood|autoimmune|kidney)"
            + " (?:disease|failure|infection|disorder|insufficiency|attack|injury)|\\b(?:fractured|broken|sprained|dislocated|torn|ruptured|swollen)"
            + " (?:(?:left|right|upper|lower)"
            + " )?(?:wrist|ankle|arm|leg|hip|ribs?|collarbone|femur|knee|shoulder|elbow|finger|hand|foot|toe|tibia|clavicle|ligament|meniscus|nose|jaw|achilles"
            + " tendon)",
        0,
        s -> true);
    rule(
        look -> true,
        PersonalKind.MEDICAL,
        0.85,
        0,
        "(?<![\\p{L}-])(?!(?i:all?erg\\p{L}*|аллерги\\p{L}*)"
            + " (?:to|à|a|al|alla|ao|aux|gegen|auf|na|на|mot|mod|på|voor|ai)\\b)(?:\\p{L}-)?\\p{L}{3,24}+(?:-\\p{L}{2,12})*(?!"
            + " ?[:：])(?: \\d+(?:[.,]\\d+)?"
            + " ?(?:mg|mcg|µg|ug|g|ml|IU|UI|IE|мг|мкг|мл|г)(?![\\p{IsLatin}\\p{IsCyrillic}]))?",
        0,
        SpanRules::isMedicine);
  }

  private static boolean isMedicine(String part) {
    int space = part.indexOf(' ');
    String word = Words.fold(space < 0 ? part : part.substring(0, space));
    return Health.isTerm(word)
        || (space >= 4 && part.matches(".*(?:mg|mcg|µg|ug|IU|UI|IE|мг|мкг)"));
  }

  private static void rule(
      Predicate<TextLook> possible,
      PersonalKind kind,
      double confidence,
      int flags,
      String pattern,
      int group,
      Predicate<String> valid) {
    rule(possible, kind, confidence, flags, pattern, group, valid, false);
  }

  private static void rule(
      Predicate<TextLook> possible,
      PersonalKind kind,
      double confidence,
      int flags,
      String pattern,
      int group,
      Predicate<String> valid,
      boolean things) {
    Pattern compiled = Pattern.compile(pattern, flags);
    ALL.add(new SpanRule(kind, confidence, compiled, group, valid, possible, things));
  }
}
