package dev.lakehouse.ingest.classify.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of persons, by lists of given names and surnames and by how surnames end. */
final class PersonNames {
  private static final Set<String> TITLES =
      Set.of(
          "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev",
          "herr", "frau", "m", "mme", "mlle", "sr", "sra", "srta", "don", "dona", "doña", "sig",
          "signora", "dott", "ing", "dipl", "mag", "univ", "hr", "fr", "dhr", "mevr", "pan", "pani",
          "shri", "smt", "dra", "med", "capt", "sgt", "lt", "col", "hon", "ir", "drs", "fru");
  private static final Set<String> SUFFIXES =
      Set.of(
          "jr", "sr", "ii", "iii", "iv", "phd", "md", "dds", "dvm", "esq", "msc", "ba", "bsc",
          "mba", "cpa", "rn");
  private static final Set<String> PARTICLES =
      Set.of(
          "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "do", "la",
          "le", "les", "du", "des", "ten", "ter", "zu", "zum", "zur", "af", "av", "bin", "ibn",
          "al", "el", "y", "e", "st", "san", "santa", "mac", "mc", "o", "abu", "ben", "bint",
          "vander", "t");
  private static final Set<String> NOT_NAMES =
      Set.of(
          "inc",
          "ltd",
          "llc",
          "gmbh",
          "corp",
          "co",
          "company",
          "ag",
          "plc",
          "sa",
          "srl",
          "bv",
          "the",
          "and",
          "of",
          "group",
          "sons",
          "bank",
          "airport",
          "municipal",
          "regional",
          "international",
          "county",
          "city",
          "school",
          "university",
          "college",
          "hospital",
          "street",
          "road",
          "avenue",
          "park",
          "lake",
          "river",
          "mount",
          "island",
          "bay",
          "north",
          "south",
          "east",
          "west",
          "center",
          "centre",
          "field",
          "station",
          "association",
          "services",
          "solutions",
          "systems",
          "hotel",
          "restaurant",
          "cafe",
          "store",
          "shop",
          "department",
          "office",
          "team",
          "club",
          "red",
          "blue",
          "green",
          "new",
          "old",
          "big",
          "little",
          "no",
          "yes",
          "in",
          "on",
          "at",
          "for",
          "to",
          "with",
          "by",
          "my",
          "your",
          "our",
          "is",
          "are",
          "not",
          "from",
          "into",
          "love",
          "night",
          "day",
          "life",
          "death",
          "world",
          "man",
          "woman",
          "boy",
          "girl",
          "king",
          "queen",
          "republic",
          "united",
          "states",
          "kingdom",
          "saint",
          "port",
          "fort",
          "beach",
          "heights",
          "springs",
          "falls",
          "valley",
          "hills",
          "creek",
          "village",
          "township",
          "district",
          "province",
          "region",
          "und",
          "et",
          "für",
          "pro",
          "plus",
          "max",
          "mini",
          "ultra",
          "oil",
          "tea",
          "coffee",
          "apple");
  private static final Pattern LATIN =
      Pattern.compile("[\\p{IsLatin}\\p{M}'’`.-]+(?:[ ,]+[\\p{IsLatin}\\p{M}'’`.-]+){0,5}");
  private static final Pattern ENDING =
      Pattern.compile(
          ".{3,}(?:ov|ova|ev|eva|sky|ski|ska|skiy|enko|chuk|vich|wicz|czyk|czak|son|sson|sen|dottir"
              + "|dóttir|nen|opoulos|poulos|idis|akis|oglu|yan|ian|dze|shvili|escu|eanu|ic|ez|stein"
              + "|berg|mann|ström|qvist|gren|blad|elli|etti|ini|ucci|aux|eau|ault)");
  private static final Pattern CYRILLIC_NAME =
      Pattern.compile(
          "[А-ЯІЇЄЁҐ][а-яіїєёґ'’-]+(?: [А-ЯІЇЄЁҐ](?:[а-яіїєёґ'’-]+|\\.)){1,2}|[А-ЯІЇЄЁ][а-яіїєё]+"
              + " [А-ЯІ]\\. ?[А-ЯІ]\\.");
  private static final Pattern CYRILLIC_SURNAME =
      Pattern.compile(
          ".*(?:ов|ова|ев|ева|ёв|ин|ина|ын|ына|ский|ская|цкий|цкая|енко|чук|юк|ук|ых|ич|ко|ян|дзе|швили)$");
  private static final Pattern PATRONYMIC =
      Pattern.compile(".*(?:ович|евич|ьич|овна|евна|ична|івна|йович)\\b.*");
  private static final Set<String> CYRILLIC_GIVEN =
      Set.copyOf(
          List.of(
              ("александр алексей андрей антон артём артем борис вадим валентин василий виктор"
                      + " виталий владимир вячеслав георгий григорий денис дмитрий евгений егор иван"
                      + " игорь илья кирилл константин лев максим матвей михаил никита николай олег"
                      + " павел пётр петр роман сергей станислав степан тимофей фёдор федор юрий"
                      + " ярослав анна анастасия алина валентина вера виктория галина дарья евгения"
                      + " екатерина елена елизавета зоя ирина кристина ксения лариса лидия любовь"
                      + " людмила маргарита марина мария надежда наталья наталия нина оксана ольга"
                      + " полина светлана софия софья тамара татьяна юлия яна олександр сергій андрій"
                      + " володимир микола олена ірина наталія тетяна юлія марія богдан тарас василь"
                      + " петро іван георги димитър мария елена никола петър стоян ивайло десислава"
                      + " милан марко јован никола стефан лука марија јелена драган зоран")
                  .split(" ")));
  private static final String HAN_SURNAMES =
      "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘"
          + "于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鐘谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯";
  private static final Set<String> JAPANESE_SURNAMES =
      Set.copyOf(
          List.of(
              ("佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 清水 斎藤 斉藤 林 山崎 森"
                      + " 阿部 池田 橋本 石川 山下 中島 前田 藤田 小川 後藤 岡田 長谷川 村上 近藤 石井 坂本 遠藤 青木 藤井 西村 福田"
                      + " 太田 三浦 岡本 松田 中川 中野 原田 小野 田村 竹内 金子 和田 中山 石田 上田 森田 柴田 酒井 工藤 横山 宮崎")
                  .split(" ")));
  private static final String HANGUL_SURNAMES = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공";
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}{2,4}");
  private static final Pattern JAPANESE =
      Pattern.compile(
          "(\\p{IsHan}{1,3}|\\p{IsHan}々\\p{IsHan})[ "
              + "　]?[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]{1,4}");
  private static final Pattern HANGUL = Pattern.compile("\\p{IsHangul} ?\\p{IsHangul}{2}");
  private static final Pattern ARABIC_NAMES =
      Pattern.compile(
          "(?:.*"
              + " )?(?:محمد|أحمد|احمد|علي|حسن|حسين|عبد|عبدالله|عبدالرحمن|خالد|يوسف|إبراهيم|ابراهيم|عمر|سعيد|محمود|مصطفى|كريم|طارق|سالم|فهد|سلطان|ناصر|فاطمة|عائشة|مريم|خديجة|زينب|نور|سارة|ليلى|هدى|منى|أمينة|رانيا|سمير|ياسر|ماجد|وليد|جمال|عمرو|هشام)(?:"
              + " .*)?");
  private static final Pattern GREEK_SURNAME =
      Pattern.compile(
          "\\p{IsGreek}+ \\p{IsGreek}+(?:όπουλος|οπούλου|ίδης|ίδου|άκης|άκη|ου|ης|ας|ος)");
  private static final Pattern DEVANAGARI_NAMES =
      Pattern.compile(
          ".*(?:कुमार|सिंह|शर्मा|वर्मा|गुप्ता|यादव|पटेल|राज|देवी|मिश्रा|जोशी|खान|अमित|राहुल|प्रिया|सुनील|अनिल|नेहा|पूजा|मेहता).*");
  private static final Pattern HEBREW_NAMES =
      Pattern.compile(
          "(?:.*"
              + " )?(?:כהן|לוי|מזרחי|פרץ|ביטון|דהן|אברהם|פרידמן|דוד|משה|יוסף|יעקב|שרה|רחל|נועה|תמר|יעל|איתן|אורי|מיכל|רבקה|מרים)(?:"
              + " .*)?");

  private PersonNames() {}

  /** The bits of the name signals of a value without digits. */
  static long signals(String value) {
    if (value.length() < 2 || value.length() > 60) {
      return 0;
    }
    char first = value.charAt(0);
    if (first > 0x02FF) {
      return foreign(value);
    }
    return LATIN.matcher(value).matches() ? latin(value) : 0;
  }

  private static long foreign(String value) {
    if (CYRILLIC_NAME.matcher(value).matches()) {
      String[] words = value.toLowerCase(Locale.ROOT).split(" ", 0);
      boolean given = false;
      boolean surname = false;
      for (String word : words) {
        given |= CYRILLIC_GIVEN.contains(word);
        surname |= CYRILLIC_SURNAME.matcher(word).matches();
      }
      boolean father = PATRONYMIC.matcher(value).matches();
      return Signal.NAME_SHAPE.bit()
          | ((given && surname) || father ? Signal.NAME_FULL.bit() : 0)
          | (given ^ surname ? Signal.NAME_HALF.bit() : 0);
    }
    String lower = value.toLowerCase(Locale.ROOT);
    if (CYRILLIC_GIVEN.contains(lower)) {
      return Signal.NAME_GIVEN.bit() | Signal.NAME_SHAPE.bit();
    }
    boolean full =
        (HAN.matcher(value).matches()
                && value.length() <= 3
                && HAN_SURNAMES.indexOf(value.charAt(0)) >= 0)
            || (HANGUL.matcher(value).matches() && HANGUL_SURNAMES.indexOf(value.charAt(0)) >= 0)
            || (JAPANESE.matcher(value).matches() && japanese(value))
            || (ARABIC_NAMES.matcher(value).matches() && value.length() < 40 && value.contains(" "))
            || GREEK_SURNAME.matcher(value).matches()
            || (DEVANAGARI_NAMES.matcher(value).matches() && value.contains(" "))
            || (HEBREW_NAMES.matcher(value).matches() && value.contains(" "));
    boolean letters =
        value
            .codePoints()
            .allMatch(
                c ->
                    Character.isLetter(c)
                        || Character.getType(c) == Character.NON_SPACING_MARK
                        || Character.getType(c) == Character.COMBINING_SPACING_MARK
                        || c == ' '
                        || c == '-'
                        || c == '\''
                        || c == '　'
                        || c == '·');
    return (letters ? Signal.NAME_SHAPE.bit() : 0) | (full ? Signal.NAME_FULL.bit() : 0);
  }

  private static boolean japanese(String value) {
    for (int length = 1; length <= 3 && length < value.length(); length++) {
      if (JAPANESE_SURNAMES.contains(value.substring(0, length))) {
        return true;
      }
    }
    return false;
  }

  private static long latin(String value) {
    boolean comma = value.indexOf(',') > 0;
    List<String> words = words(value);
    if (words.isEmpty() || words.size() > 5) {
      return 0;
    }
    for (String word : words) {
      if (NOT_NAMES.contains(word)) {
        return 0;
      }
    }
    if (!capitalised(value)) {
      return 0;
    }
    long shape = Signal.NAME_SHAPE.bit();
    if (words.size() == 1) {
      String word = words.get(0);
      return shape
          | (isFrequentGiven(word)
              ? Signal.NAME_GIVEN.bit()
              : isGiven(word) ? Signal.NAME_RARE.bit() : 0)
          | (isFrequentSurname(word) ? Signal.NAME_SURNAME.bit() : 0);
    }
    String one = words.get(0);
    String other = words.get(words.size() - 1);
    boolean forward = isGiven(one) && (isSurname(other) || initial(other));
    boolean backward = isGiven(other) && isSurname(one);
    boolean initials = initial(one) && isSurname(other);
    boolean turned = comma && words.stream().skip(1).anyMatch(PersonNames::isGiven);
    if (forward || backward || initials || turned) {
      return shape | Signal.NAME_FULL.bit();
    }
    boolean half =
        isGiven(one)
            || isGiven(other)
            || Words.SURNAMES.contains(other)
            || (ENDING.matcher(other).matches() && one.length() > 1);
    return shape | (half ? Signal.NAME_HALF.bit() : 0);
  }

  /** The words that carry a name: no titles, particles, suffixes or points. */
  private static List<String> words(String value) {
    List<String> words = new ArrayList<>(4);
    for (String part : value.split("[ ,]+", 0)) {
      String word = Words.fold(part).replace(".", "").replace("’", "'");
      if (!word.isEmpty()
          && !TITLES.contains(word)
          && !SUFFIXES.contains(word)
          && !PARTICLES.contains(word)) {
        words.add(word);
      }
    }
    return words;
  }

  private static boolean capitalised(String value) {
    String[] parts = value.split("[ ,]+", 0);
    boolean lower = true;
    boolean capital = true;
    for (String part : parts) {
      if (part.isEmpty()) {
        continue;
      }
      char c = part.charAt(0);
      boolean up = Character.isUpperCase(c);
      lower &= !up;
      capital &=
          up
              || PARTICLES.contains(Words.fold(part))
              || part.startsWith("d'")
              || part.startsWith("'");
    }
    return capital || (lower && parts.length <= 3);
  }

  private static boolean initial(String word) {
    return word.length() == 1;
  }

  static boolean isGiven(String word) {
    int hyphen = word.indexOf('-');
    return isFrequentGiven(word)
        || Words.MORE_GIVEN.contains(hyphen > 1 ? word.substring(0, hyphen) : word);
  }

  static boolean isFrequentGiven(String word) {
    int hyphen = word.indexOf('-');
    return Words.GIVEN.contains(word)
        || (hyphen > 1 && Words.GIVEN.contains(word.substring(0, hyphen)));
  }

  /** Whether it is a surname beside a given name: also rarer ones are believed then. */
  static boolean isSurname(String word) {
    return isFrequentSurname(word) || Words.MORE_SURNAMES.contains(word.replace("'", ""));
  }

  static boolean isFrequentSurname(String word) {
    String bare = word.replace("'", "");
    if (Words.SURNAMES.contains(bare) || (bare.length() > 5 && ENDING.matcher(bare).matches())) {
      return true;
    }
    int hyphen = bare.indexOf('-');
    return hyphen > 1
        && (Words.SURNAMES.contains(bare.substring(0, hyphen))
            || Words.SURNAMES.contains(bare.substring(hyphen + 1)));
  }
}
