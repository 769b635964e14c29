package dev.lakehouse.ingest.classify.kind;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of persons in other scripts than the Latin: by lists, and by how surnames end. */
final class ScriptNames {
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
                      + " милан марко јован никола стефан лука марија јелена драган зоран данияр"
                      + " айгерим нурсултан айжан гульнара динара аскар ерлан болат тимур руслан"
                      + " ильдар рустам азамат данило тарас остап галина оксана степан людмила"
                      + " світлана катерина дарина")
                  .split(" ")));

  /** Chinese surnames of two characters. */
  static final String HAN_DOUBLE =
      "(?:欧阳|歐陽|司徒|司马|司馬|上官|诸葛|諸葛|夏侯|皇甫|尉迟|尉遲|公孙|公孫|慕容|令狐|宇文|长孙|長孫|东方|東方|端木|南宫|南宮|澹台|百里|独孤|獨孤|轩辕|軒轅|鲜于|鮮于|闻人|聞人|申屠|公羊|淳于|单于|太史|钟离|鍾離)";

  /** Korean surnames of two syllables. */
  static final String HANGUL_DOUBLE = "(?:남궁|황보|선우|제갈|사공|독고|서문|동방)";

  static final String HAN_SURNAMES =
      "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘"
          + "于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鐘谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯詹施叶柯翁游涂凌莊庄柳洪温溫康倪简簡卓蓝藍童殷齐齊岳骆駱路左窦竇尚盛鲍鮑柏俞阮甘沙焦褚项項祝阎宁寧甄舒屈柴庞龐兰蘭麦麥符牛葛毕畢芦耿关關晏焉解管池容裴席季强辛戚纪紀苗阳安佟仇车車古成卜管翟聂聶";
  private static final Set<String> JAPANESE_SURNAMES =
      Set.copyOf(
          List.of(
              ("佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 清水 斎藤 斉藤 林 山崎 森 阿部 池田 橋本 石川"
                      + " 山下 中島 前田 藤田 小川 後藤 岡田 長谷川 村上 近藤 石井 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 岡本 松田 中川 中野 原田 小野"
                      + " 田村 竹内 金子 和田 中山 石田 上田 森田 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 高田 藤本 武田 村田"
                      + " 上野 杉山 増田 平野 大塚 千葉 久保 松井 小島 岩崎 桜井 野口 松尾 野村 木下 菊地 佐野 大西 杉本 新井 浜田 市川 古川 水野 小松"
                      + " 島田 菅原 五十嵐 小笠原 早乙女 日下部 長谷部 久保田 佐久間 小野寺 大久保 二宮 三宅 川口 川村 川崎 西田 西川 西山 東 北村 北川 南"
                      + " 荒木 荒井 永井 永田 吉川 吉村 土屋 関 関口 服部 福島 樋口 秋山 安田 本田 矢野 広瀬 川上 平田 小西 大島 大石 岡崎 岡村 片山 神田"
                      + " 栗原 黒田 児玉 篠原 須藤 高野 高山 田辺 堤 土井 中田 中西 永野 成田 野崎 馬場 浜口 早川 原 東野 堀 堀内 前川 松村 松下 三上"
                      + " 水谷 宮田 村山 望月 森本 八木 山内 山崎 山根 吉岡 若林 渡部 綾瀬 伊東 飯田 石原 泉 岩田 岩本 上村 榎本 大橋 大川 太田 奥村 小沢"
                      + " 小田 尾崎")
                  .split(" ")));
  private static final String HANGUL_SURNAMES = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공";
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}{2,4}");
  private static final Pattern HAN_DOUBLED = Pattern.compile(HAN_DOUBLE + "\\p{IsHan}{1,2}");
  private static final Pattern HANGUL_DOUBLED =
      Pattern.compile(HANGUL_DOUBLE + " ?\\p{IsHangul}{1,2}");
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
  private static final Pattern GREEK_ENDING =
      Pattern.compile(
          "\\p{IsGreek}{3,}(?:όπουλος|οπούλου|ίδης|ίδου|άκης|άκη|άκης|έλης|έλη|άτος|ούδης)");
  private static final int LEAST_SURNAME = 5;
  private static final Pattern DEVANAGARI_NAMES =
      Pattern.compile(
          ".*(?:कुमार|सिंह|शर्मा|वर्मा|गुप्ता|यादव|पटेल|राज|देवी|मिश्रा|जोशी|खान|अमित|राहुल|प्रिया|सुनील|अनिल|नेहा|पूजा|मेहता).*");
  private static final Pattern HEBREW_NAMES =
      Pattern.compile(
          "(?:.*"
              + " )?(?:כהן|לוי|מזרחי|פרץ|ביטון|דהן|אברהם|פרידמן|דוד|משה|יוסף|יעקב|שרה|רחל|נועה|תמר|יעל|איתן|אורי|מיכל|רבקה|מרים)(?:"
              + " .*)?");

  private ScriptNames() {}

  /** The bits of the name signals of a value that begins with another than a Latin letter. */
  static long signals(String value) {
    if (CYRILLIC_NAME.matcher(value).matches()) {
      String[] words = value.toLowerCase(Locale.ROOT).split(" ", 0);
      boolean given = false;
      boolean surname = false;
      for (String word : words) {
        given |= CYRILLIC_GIVEN.contains(word) || KnownNames.isGiven(word);
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
            || (value.length() >= 3 && HAN_DOUBLED.matcher(value).matches())
            || HANGUL_DOUBLED.matcher(value).matches()
            || (HANGUL.matcher(value).matches() && HANGUL_SURNAMES.indexOf(value.charAt(0)) >= 0)
            || (JAPANESE.matcher(value).matches() && japanese(value))
            || (ARABIC_NAMES.matcher(value).matches() && value.length() < 40 && value.contains(" "))
            || GREEK_SURNAME.matcher(value).matches()
            || (DEVANAGARI_NAMES.matcher(value).matches() && value.contains(" "))
            || (HEBREW_NAMES.matcher(value).matches() && value.contains(" "))
            || known(value, true);
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
    boolean half = !full && letters && known(value, false);
    return (letters ? Signal.NAME_SHAPE.bit() : 0)
        | (full ? Signal.NAME_FULL.bit() : 0)
        | (half ? Signal.NAME_HALF.bit() : 0);
  }

  /** Whether a word in lower case is a given name in Cyrillic. */
  static boolean isGiven(String word) {
    return CYRILLIC_GIVEN.contains(word);
  }

  /** Whether a word ends as Slavic or Greek surnames do. */
  static boolean isSurname(String word) {
    return word.length() >= LEAST_SURNAME
        && (CYRILLIC_SURNAME.matcher(word).matches() || GREEK_ENDING.matcher(word).matches());
  }

  static boolean isJapaneseSurname(String name) {
    return JAPANESE_SURNAMES.contains(name);
  }

  /** Whether the first or the last of some words is a known name. */
  private static boolean known(String value, boolean both) {
    int space = value.indexOf(' ');
    if (space <= 0) {
      return false;
    }
    boolean first = KnownNames.isGiven(value.substring(0, space));
    boolean last = KnownNames.isGiven(value.substring(value.lastIndexOf(' ') + 1));
    return both ? first && last : first || last;
  }

  private static boolean japanese(String value) {
    for (int length = 1; length <= 3 && length < value.length(); length++) {
      if (JAPANESE_SURNAMES.contains(value.substring(0, length))) {
        return true;
      }
    }
    return false;
  }
}
