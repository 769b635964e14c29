package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses in running text, in the ways of many countries: a street's word with a number before or
 * behind it, boxes, and what is said to be an address.
 */
final class AddressSpans {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /** A word of a name: capital first, as it stands in most languages. */
  private static final String NAME = "\\p{Lu}[\\p{L}\\p{M}'’.-]*";

  private static final String TAIL =
      "(?:,? (?:apt|apartment|suite|ste|unit|flat|floor|fl|room|rm|lot|#)\\.? ?#?\\w{1,5})?";
  private static final String CITY =
      "(?:,? (?:[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2})"
          + "|,? (?:[A-Z]{1,3}[- ]?)?\\d{2,6}(?:[- ]\\d{2,4})?(?: [A-Z]{2})? "
          + NAME
          + "(?:[ /-]"
          + NAME
          + "){0,2}"
          + "|, "
          + NAME
          + "(?: "
          + NAME
          + "){0,2},? (?:[A-Z]{2,3} )?(?:[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2}|\\d{4,6}(?:-\\d{3,4})?)"
          + "|, ?\\d{4,6}(?:-\\d{4})?)?";
  private static final String SUFFIXES =
      "(?:[Ss]treet|[Ss]t|[Aa]venue|[Aa]ve|[Rr]oad|[Rr]d|[Dd]rive|[Dd]r|[Ll]ane|[Ll]n|[Bb]oulevard|[Bb]lvd"
          + "|[Cc]ourt|[Cc]t|[Ww]ay|[Pp]lace|[Pp]l|[Tt]errace|[Tt]er|[Cc]ircle|[Cc]ir|[Ss]quare|[Ss]q|[Pp]arkway|[Pp]kwy"
          + "|[Hh]ighway|[Hh]wy|[Cc]lose|[Cc]rescent|[Gg]rove|[Gg]ardens|[Mm]ews|[Cc]res|[Pp]de|[Pp]arade|[Pp]ike"
          + "|[Ee]splanade|[Cc]iruit|[Cc]ircuit|[Cc]rossing|[Tt]urnpike|[Pp]laza|[Qq]uay|[Ww]harf|Row|Hill|Broadway"
          + "|Trail|Trl|Loop|Alley|Walk|Rise|View|Vale|Green|Park|Path|Nagar|Marg|Layout|Colony|Enclave|Extension"
          + "|Extn|Cross|Main|Bypass|Run|Ridge|Cove|Point|Pass|Bend|Crest|Glen|Hollow|Knoll|Landing|Meadows?|Mill"
          + "|Mount|Oval|Promenade|Reach|Reserve|Track|Strand|Yard|Wynd|Brae|Croft|Drove|Fold|Gate|Broadway"
          + "|Boithrin|Bóthar|Sráid)\\b\\.?";
  private static final Pattern NUMBER_FIRST =
      Pattern.compile(
          "(?<![\\p{N}\\p{L}.,$€£-])(?:(?:Flat|Apt|Apartment|Unit|Suite|Shop|Room) \\w{1,5},? )?"
              + "(?:No\\.? ?|#)?\\d{1,5}(?:[-/]\\d{1,5})?[A-Za-z]?,?(?: (?:[NSEW]\\.?|"
              + NAME
              + "|\\d{1,3}(?:st|nd|rd|th))){1,4}? "
              + SUFFIXES
              + TAIL
              + CITY);

  /** As people type: only where street words are meant by them and nothing else. */
  private static final Pattern TYPED =
      Pattern.compile(
          "(?<![\\p{N}\\p{L}.,$€£-])\\d{1,5}[a-z]?"
              + " (?!(?:of|the|a|an|more|new|old|other|main|different|miles?|km|minutes?|hours?|days?|lane|people|cars?|first|long|whole|busy|open|side|back|dirt|steps?)\\b)(?:[a-z'’]+"
              + " ){1,2}(?:street|avenue|ave|road|rd|lane|drive|boulevard|blvd|crescent|terrace)\\b"
              + TAIL);

  private static final Pattern NUMBERED =
      Pattern.compile(
          "(?<![\\p{N}\\p{L}.,$€£-])\\d{1,5}[A-Za-z]? (?:[NSEW]\\.? )?(?:\\d{1,3}(?:st|nd|rd|th)"
              + " (?:St|Ave|Street|Avenue|Rd|Road|Pl|Dr)|(?:County|State|US|Rural|Farm(?: to"
              + " Market)?) (?:Road|Rd|Route|Rt|Highway|Hwy) \\d{1,4}|(?:Highway|Hwy|Route|Rte)"
              + " \\d{1,4}|Broadway|Avenue [A-Z]|Avenue of the \\p{Lu}\\p{L}+)\\b"
              + TAIL
              + CITY);
  private static final String JOINED_ENDS =
      "(?:straße|strasse|str\\.|weg|platz|allee|gasse|ring|damm|ufer|steig|stieg|pfad|markt|graben|chaussee|promenade|zeile|winkel"
          + "|straat|laan|plein|gracht|kade|dreef|singel|steeg|dijk|plantsoen|burgwal|lei|baan|hof|pad|wal|kamp"
          + "|gatan|vägen|gränd|stigen|torget|backen|allén|gata|gaten|gate|veien|vegen|vei|plass|vej|gade|stræde|torv|plads|vænget|parken"
          + "|katu|tie|kuja|polku|kaari|raitti|väylä|bulevardi|götu|vegur|stígur|braut|út|utca|tér|körút)";
  private static final Pattern JOINED =
      Pattern.compile(
          "(?<!\\p{L})(?:"
              + NAME
              + " ){0,2}(?:(?<=\\p{L}"
              + " )(?:Straße|Strasse|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Straat|Laan|Plein|Gracht|Markt|Chaussee)|"
              + "\\p{Lu}[\\p{L}-]*?(?:"
              + JOINED_ENDS
              + "|[Ss]traße|[Ss]trasse|[Ss]traat)) (?!\\d+"
              + " ?(?:km|Uhr|Euro|EUR|kr|%|°))\\d{1,4}(?:[/-]\\d{1,4}){0,2}"
              + " ?[A-Za-z]?(?![\\p{L}\\d]|[.,]\\d)(?:,? (?:\\d\\."
              + " (?:Stock|OG|sal|tv|th)|[a-z]{2}\\b|lgh \\d+|bus \\d+|hs))?"
              + CITY);
  private static final Pattern PREPOSITION =
      Pattern.compile(
          "(?<!\\p{L})(?:Am|An der|An den|Auf dem|Auf der|Beim|Hinter der|Hinter dem|Im|In der|In"
              + " den|Unter den|Zum|Zur|Vor"
              + " dem|Alter|Neuer|Alte|Neue|Obere|Untere|Großer|Kleine|Große) "
              + "(?!(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
              + "|Jahr|Jahre|Monat|Kapitel|Abschnitt|Zimmer|Gleis|Raum|Alter|Anhang|Teil|Artikel|Band|Heft|Spiel|Stock|Etage|Paragraph|Schnitt|Tag|Woche|Quartal|Durchschnitt|Wert|Modell|Version|Rechnung|Bestellung|Nummer|Ticket)\\b)\\p{Lu}\\p{Ll}+(?:"
              + " \\p{Lu}\\p{Ll}+)? \\d{1,3} ?[a-z]?(?! ?(?:\\p{L}|%|€|[.:,]\\d))"
              + CITY);
  private static final String PARTICLES =
      "(?: (?:de|du|des|la|le|les|del|della|delle|dei|degli|di|da|do|dos|das|los|las|el|l'|d'|den|der|y|e|i))*";
  private static final String NUMBER_MARK =
      "(?:n\\.?[°ºo]\\.? ?|núm\\.? ?|num\\.? ?|nr\\.? ?|no[.:]? ?|br\\. ?|№ ?|# ?|д\\. ?|буд\\."
          + " ?|km )?";
  private static final Pattern WORD_FIRST =
      Pattern.compile(
          "(?<![\\p{L}])(?:\\d{1,4}(?: ?(?:bis|ter))?,?"
              + " )?(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Cc]hemin|[Ii]mpasse|[Qq]uai|[Cc]alle"
              + "|[Aa]venida|[Pp]laza|[Pp]aseo|[Vv]ia|[Vv]iale|[Pp]iazza|[Pp]iazzale|[Cc]orso|[Rr]ua|[Tt]ravessa|[Uu]l\\.|[Uu]lica|[Uu]lice|[Cc]/|C\\.|Av(?:da|e|d)?\\.?|av(?:da|e)?\\."
              + "|Bd\\.?|bd\\.?|Blvd\\.?|Pza\\.|Plza\\.|Pl\\.|pl\\.|Plaça|Praza|Rúa|Carrer|Ronda|Camino|Camí|Passeig|Pg\\.|Travesía|Travessia|Glorieta|Urb\\.|Urbanización|Alameda|Praça|Pç\\.|Largo|Lgo\\.|Estrada"
              + "|Rodovia|Rod\\.|Quadra|Setor|Beco|Ladeira|[Cc]ours|[Aa]llées?|[Rr]oute|[Pp]assage|[Ss]quare|Sentier|Ruelle|Lotissement|Résidence|Faubourg|Esplanade|Rond-point|Vicolo|Vico|Strada|strada|Str\\.|Contrada|C\\.da|Salita|Lungo\\p{L}+|Borgo|Piața|Pța\\.|Bulevardul|Bdul\\.?|B-dul|Calea|Șoseaua|Șos\\.|Aleea|Intrarea|Splaiul"
              + "|[Aa]l\\.|[Aa]leja|[Aa]leje|[Oo]s\\.|[Oo]siedle|Rynek|Skwer|Rondo|Trg|Nám\\.|Náměstí|Námestie|nám\\.|tř\\.|Třída|Nábřeží|Cesta|Obala"
              + "|Calz\\.|Calzada|Privada|Priv\\.|Prol\\.|Prolongación|Carretera|Carr\\.|Andador|Cerrada|Circuito|Retorno|Pasaje|Pje\\.|Psje\\.|Jr\\.|Jirón|Mz\\.|Diagonal|Transversal|Autopista"
              + "|Jalan|Jl\\.|Jln\\.?|Lorong|Lrg\\.|Persiaran|Lebuh|Gang|Gg\\.|Komplek|Perumahan|Đường|đường|Phố|phố|Ngõ|Hẻm|Thanon|Soi"
              + "|[Уу]лица|[Уу]л\\.|[Пп]роспект|[Пп]р(?:-т|осп)?\\.|[Пп]ереулок|[Пп]ер\\.|[Бб]ульвар|[Бб]ул\\.|[Бб]-р|[Шш]оссе|[Шш]\\.|[Нн]аб(?:ережная|\\.)|[Пп]лощадь|[Пп]л\\.|[Мм]икрорайон|[Мм]кр\\.|[Вв]улиця|[Вв]ул\\.|[Пп]ровулок|ж\\.к\\."
              + "|[Οο]δός|[Λλ]εωφ(?:όρος|\\.)|[Πп]λατεία|[Ππ]λ\\.)"
              + PARTICLES
              + "(?: ?(?:\\p{Lu}|\\d{1,3}[A-Za-z]? [#N])[\\p{L}\\p{M}\\d'’.-]*){1,5}(?:"
              + " (?:de|del|da|do|dos|di|la|i|y|e) \\p{Lu}[\\p{L}'’.-]+)*(?:,? "
              + NUMBER_MARK
              + "\\d{1,5}(?:[/-]\\d{1,4})?[A-Za-z]?)?(?:,? (?:кв|корп|стр|д|оф)\\. ?\\d{1,4}){0,3}"
              + CITY);
  private static final Pattern COLOMBIA =
      Pattern.compile(
          "(?<!\\p{L})(?:Calle|Carrera|Cl|Cll|Cra|Kr|Kra|Cr|Av|Diagonal|Diag|Transversal|Tv)\\.?"
              + " ?\\d{1,3}[A-Z]?(?: ?(?:Bis|Sur|Norte|Este))?,? ?(?:#|No\\.?|N[°º])"
              + " ?\\d{1,3}[A-Z]? ?[-–] ?\\d{1,3}");

  /**
   * Streets whose kind is said behind the name, and then the number: Turkish, Hungarian and others.
   */
  private static final Pattern WORD_BEHIND =
      Pattern.compile(
          "(?<!\\p{L})"
              + NAME
              + "(?: "
              + NAME
              + "){0,3}"
              + " (?:Mah(?:\\.|allesi)|Cad(?:\\.|desi)|Sok(?:\\.|ak|ağı)|Sk\\.|Blv\\.|Bulvarı|utca|u\\.|út|útja|tér|tere|körút|krt\\.|köz|iela|gatvė|g\\.|pr\\.|tn|mnt|pst|puiestee|tänav|ulica|cesta|put|sokak|rruga|küçəsi|көшесі),?(?:"
              + " "
              + NAME
              + "(?: "
              + NAME
              + ")? (?:Cad|Sok|Sk|Bulv)\\p{L}*\\.?)? ?(?:[Nn]o[.:]? ?|[Nn]r\\.?"
              + " ?)?\\d{1,4}(?:[/-]\\d{1,3})?[A-Za-z]?(?![\\d.])(?:,? ?(?:D|K|Daire|Kat)[:.]"
              + " ?\\d{1,3})*"
              + CITY);

  /** A Slavic adjective as a street's name, its two numbers, a postal code and the city. */
  private static final Pattern WITH_CITY =
      Pattern.compile(
          "(?<!\\p{L})"
              + NAME
              + "(?: "
              + NAME
              + "){0,2} (?:nr\\.? ?|br\\.? ?)?\\d{1,4}(?:[/-]\\d{1,4})?[A-Za-z]?,? (?:[A-Z]{1,3}-)?"
              + "(?:\\d{3} \\d{2}|\\d{2}-\\d{3}|\\d{4} [A-Z]{2}|\\d{4,5}) "
              + NAME
              + "(?: "
              + NAME
              + ")?");

  private static final Pattern INDIAN =
      Pattern.compile(
          "(?<!\\p{L})(?:(?:Flat|Plot|House|H|Door|D|Shop|Survey|Block|Qtr)\\.?"
              + " ?(?:No\\.?|Number|#) ?[\\w/-]{1,8},? |\\d{1,4}[A-Z]?(?:[/-]\\w{1,4})?,"
              + " )(?:(?:[\\p{Lu}\\d][\\p{L}\\d.'-]*,? ){1,7})(?:\\p{Lu}[\\p{L}-]+ ?[-–]?"
              + " ?)?[1-9]\\d{2} ?\\d{3}\\b");
  private static final Pattern EAST =
      Pattern.compile(
          "(?:〒?\\d{3}-\\d{4}"
              + " ?)?[\\p{IsHan}ヶケ]{2,3}[都道府県][\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}ー]{2,20}\\d{1,4}(?:(?:[-－ー−]|丁目|番地?|号)\\d{0,4}){0,4}(?:号|室)?"
              + "|[\\p{IsHan}]{1,12}[市区區县縣鄉乡镇鎮][\\p{IsHan}\\d]{1,20}?[路街道巷弄村里段][\\p{IsHan}]{0,4}\\d{1,5}(?:[-之]\\d{1,4})?[号號](?:[\\p{IsHan}\\d]{1,12}(?:室|楼|樓|单元|栋|號|号))?"
              + "|[\\p{IsHan}]{2,10}[路街道巷弄]\\d{1,5}[号號](?:[\\p{IsHan}\\d]{1,12}(?:室|楼|樓|单元|栋))?|(?:[\\p{IsHangul}]{1,8}(?:특별시|광역시|시|도|군|구)"
              + " ){1,3}[\\p{IsHangul}\\d]{1,12}(?:로|길)(?:\\d{1,3}번길)? ?\\d{1,4}(?:-\\d{1,3})?(?:,?"
              + " ?\\d{1,4}(?:동|호|층))*|[\\p{IsHangul}]{2,8}(?:대로|로|길) ?\\d{1,4}(?:-\\d{1,3})?(?=["
              + " ,.]|에|으|$)|(?:บ้านเลขที่ ?)?\\d{1,4}(?:/\\d{1,4})? ?(?:หมู่ ?\\d+"
              + " )?(?:ถนน|ซอย|ถ\\.|ซ\\.)[\\p{IsThai}\\d"
              + " ]{2,60}\\d{5}|(?:شارع|شارِع|طريق|خیابان|کوچه|بلوار) [\\p{IsArabic}\\d"
              + " ]{2,40}?[،,]? ?(?:رقم |مبنى |پلاک |عمارة )?[\\d٠-٩۰-۹]{1,5}|[\\d٠-٩]{1,5} ?[،,]?"
              + " ?شارع [\\p{IsArabic}]+(?: [\\p{IsArabic}]+){0,2}|(?:רחוב|רח'|שדרות|שד')"
              + " [\\p{IsHebrew}'\" -]{2,30} \\d{1,4}|(?:मकान (?:नंबर|नं\\.?|संख्या)|फ्लैट"
              + " (?:नंबर|नं\\.?)) ?[\\d/-]{1,8}[^\\n"
              + "।]{2,60}?\\d{6}");
  private static final Pattern BOX =
      Pattern.compile(
          "\\b(?:(?:G\\.?)?P\\.? ?O\\.? ?Box|Post(?:al|Office)? ?Box|Locked Bag|Private"
              + " Bag|Postfach|Postbus|Postboks|Post[lL]åda|Boîte [Pp]ostale|B\\.?P\\.?|Apartado(?:"
              + " (?:de [Cc]orreos|[Pp]ostal))?|Apdo\\.?|Casilla(?: (?:de"
              + " [Cc]orreo|[Pp]ostal))?|Caixa [Pp]ostal|Casella [Pp]ostale|C\\.P\\.|[Ss]krytka"
              + " [Pp]ocztowa|skr\\. poczt\\.|P\\.? ?O\\.? ?B\\.|Pf\\.|Posta"
              + " [Kk]utusu|P\\.K\\.|poštni predal|а/я|А/я|私書箱|صندوق بريد|ص\\.ب\\.?|ת\\.ד\\.)(?:"
              + " [Nn][ro°º]\\.?)? ?\\d{1,6}\\b"
              + CITY);

  /** What is said to be an address, up to the end of what belongs to it. */
  private static final Pattern SAID =
      Pattern.compile(
          "(?<![\\p{L}-])(?<!(?:mail|ip|mac|web|site|url|wallet|btc|eth|host|server|bitcoin|return)"
              + " )(?:(?:home|street|postal|mailing|shipping|delivery|billing|residential|permanent|current|work)"
              + " )?(?:address|anschrift|lieferadresse|wohnadresse|adresse(?: postale| de"
              + " livraison)?|adres|dirección|direccion|domicilio|indirizzo|endereço|endereco|morada|adress|osoite|adresa|cím|lakcím|alamat|địa"
              + " chỉ|адрес|адреса|διεύθυνση|住所|地址|주소|お届け先|收货地址|العنوان|כתובת|adresi)(?:"
              + " (?:is|ist|est|es|é|è|jest|er|är|on|now|kirim|pengiriman|доставки|проживания))?\\s?[:：=]\\s?((?=[^\\n"
              + ";]{0,50}\\d)(?=[^\\n"
              + ";@]{0,30}[\\p{Lu}\\p{Lo}])[\\p{L}\\d][^\\n"
              + ";@<>\"|]{6,90}?)(?=[\\n"
              + ";。|\"<]|[.!?](?:\\s|$)|$|,"
              + " (?:phone|tel|mobile|resi|order|takip|tlf|t[eé]l)\\b|[、，,] ?(?:电话|電話|注文|氏名|전화))",
          FLAGS);

  private static final Pattern NO_ADDRESS =
      Pattern.compile(
          "(?i).*(?:https?:|www\\.|(?:\\d{1,3}\\.){3}\\d|(?:[0-9a-f]{2}:){3}|0x[0-9a-f]{6}|[0-9a-zA-Z]{26,}).*");

  private static final List<Pattern> PATTERNS =
      List.of(
          NUMBER_FIRST,
          NUMBERED,
          JOINED,
          COLOMBIA,
          WORD_FIRST,
          WORD_BEHIND,
          PREPOSITION,
          WITH_CITY,
          INDIAN,
          TYPED,
          EAST,
          BOX);

  private AddressSpans() {}

  /** Adds the addresses of a text that has digits at all. */
  static void find(TextLook look, List<Span> found) {
    String text = look.text();
    for (Pattern pattern : PATTERNS) {
      if (!isPossible(pattern, look)) {
        continue;
      }
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        if (pattern != WORD_FIRST || hasDigit(matcher.group())) {
          offer(found, matcher.start(), matcher.end(), 0.8);
        }
      }
    }
    boolean marked = text.indexOf(':') >= 0 || text.indexOf('=') >= 0;
    Matcher said = SAID.matcher(text);
    while (marked && said.find()) {
      if (!NO_ADDRESS.matcher(said.group(1)).matches()) {
        offer(found, said.start(1), said.end(1), 0.75);
      }
    }
  }

  private static boolean isPossible(Pattern pattern, TextLook look) {
    if (pattern == EAST || pattern == BOX) {
      return look.beyondLatin() || (pattern == BOX && look.capital());
    }
    return pattern == TYPED || look.capital();
  }

  /** Of two that overlap the first is kept, and reaches as far as both do. */
  private static void offer(List<Span> found, int start, int end, double confidence) {
    for (int i = 0; i < found.size(); i++) {
      Span other = found.get(i);
      if (other.start() < end && start < other.end()) {
        found.set(
            i,
            new Span(
                PersonalKind.ADDRESS,
                Math.min(start, other.start()),
                Math.max(end, other.end()),
                Math.max(confidence, other.confidence())));
        return;
      }
    }
    found.add(new Span(PersonalKind.ADDRESS, start, end, confidence));
  }

  private static boolean hasDigit(String text) {
    return text.chars().anyMatch(c -> c >= '0' && c <= '9');
  }
}
