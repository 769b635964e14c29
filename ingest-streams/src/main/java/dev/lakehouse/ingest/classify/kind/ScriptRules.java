package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What is told in texts by the words before it or by words alone, in scripts whose words are not
 * set apart by spaces or carry what belongs to them.
 */
final class ScriptRules {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final String DATE =
      "(?:\\d{1,4}[-/. ]{1,2}\\d{1,2}[-/. ]{1,2}\\d{1,4}|\\d{4}[年년] ?\\d{1,2}[月월] ?\\d{1,2}[日일]?|\\d{1,2} \\p{L}{3,12} \\d{4})";
  private static final String SECRET =
      "(?:סיסמ[הא]|הסיסמה|kata sandi|kata laluan|clave|clé|chave|chiave|heslo|hasł\\p{L}|parol[aeiuoyąęăâ]?\\p{L}{0,4}|парол\\p{L}{0,3}|гасло|лозинка|lösenord\\p{L}*|passord\\p{L}*|adgangskode\\p{L}*|kodeord\\p{L}*|salasana\\p{L}*|jelsz\\p{L}*|şifre\\p{L}*|lykilorð\\p{L}*|parool\\p{L}*|slaptažod\\p{L}*|geslo|lozinka|fjalëkalim\\p{L}*|nenosiri|mật khẩu|wachtwoord\\p{L}*|passwor[dt]\\p{L}*|kennwort|zugang\\p{L}*|contraseña|senha|mot de passe|codice d'accesso|codice accesso|api[- ]?schlüssel|zugriffsschlüssel|κωδικός\\p{L}*|συνθηματικό|كلمة (?:المرور|السر)|الرقم السري|رمز (?:عبور|الدخول)|गोपनीय|पासवर्ड|रहस्य|รหัสผ่าน|密码|密碼|口令|密钥|金鑰|令牌|パスワード|暗証|シークレット|トークン|비밀번호|암호|토큰|сек?рет\\p{L}*|токен\\p{L}*|ключ\\p{L}{0,2}|token|secret|credentials|passphrase|passcode|vpn|wi-?fi|wlan)";

  private ScriptRules() {}

  /** Of any text: some of the words are Latin ones. */
  static List<SpanRule> all() {
    return List.of(
        rule(
            PersonalKind.CREDENTIALS,
            0.9,
            "(?<![A-Za-z])"
                + SECRET
                + "[^\\n\"'@]{0,40}?(?<![\\p{IsLatin}0-9@._%+/-])(?=\\S{0,127}\\d)([!-~\\p{IsLatin}&&[^\\s\"',;()<>]]{7,128}[!-~\\p{IsLatin}&&[^\\s\"',;()<>.]])",
            ScriptRules::isSecret),
        rule(
            PersonalKind.NATIONAL_ID,
            0.9,
            "(?:身份证(?:件)?(?:号码?)?|身分證(?:字號|號碼?)?|公民身份号码|证件号码?|護照(?:號碼?)?|护照(?:号码?)?|社保号|マイナンバー|個人番号|パスポート番号|旅券番号|免許証?番号|在留カード番号|保険証番号|주민(?:등록)?번호|여권번호|운전면허번호|외국인등록번호"
                + "|आधार(?: (?:नंबर|संख्या|कार्ड|क्रमांक))?|पैन(?: (?:नंबर|कार्ड))?|תעודת זהות|ת[\"׳'.]?ז\\.?|מספר זהות|דרכון|снилс|инн|ипн|іпн|рнокпп|иин|жсн|пинфл|егн|лнч|јмбг|паспорт\\p{L}*|удостоверени\\p{L}+ личности"
                + "|رقم (?:الهوية|هويتي|الإقامة|الجواز|البطاقة|قومي)|هويتي|الرقم (?:القومي|الوطني)|کد ملی|شماره ملی|αφμ|αμκα|αδτ|ταυτότητα\\p{L}*|เลข(?:ประจำตัว|บัตร)ประชาชน|căn cước|cccd|cmnd|nik|ktp|kimlik(?: no)?|személyi szám|taj(?:[- ]?szám)?|adóazonosító)"
                + "[^\\d\\n]{0,14}?((?=(?:\\D{0,3}\\d){6})[A-Z0-9](?:[A-Z0-9.\\-/]| (?=\\d)){4,22}[A-Z0-9])",
            s -> true),
        rule(
            PersonalKind.NATIONAL_ID,
            0.85,
            "\\b(?:ID|Id|id)(?: (?:no\\.?|number|nr\\.?|card|is))?[:# ]{1,2}(\\d{8,13})(?!\\d)",
            s -> !NationalIds.of(s).isEmpty()),
        rule(
            PersonalKind.DATE_OF_BIRTH,
            0.93,
            "(?:дата (?:рождения|народження|рођења|на раждане)|народи\\p{L}+|родил\\p{L}+|роден\\p{L}?|рођен\\p{L}?|д\\.р\\.|г\\.р\\.|تاريخ (?:الميلاد|الولادة|میلاد)|تاریخ تولد|من مواليد|مواليد|متولد|ת[. ]?לידה|תאריך (?:ה)?לידה|נולד\\p{L}?|जन्म ?(?:तिथि|तारीख|दिनांक)|जन्म|ngày sinh|sinh ngày|tanggal lahir|tgl\\.? lahir|วันเกิด|เกิดวันที่|ημ(?:ερομηνία|\\.)? ?γέννησης|γεννήθηκ\\p{L}+|γενν\\.|születe\\p{L}+|szül\\.|dátum narodenia|narodený|datum rođenja|rođen\\p{L}?|rojen\\p{L}?|gimim\\p{L}+ data|gim\\.|dzimš\\p{L}+ datums|dzim\\.|sünd\\p{L}+|syntymäaika|synt\\.|fædd\\p{L}*|fæðingardagur|doğum(?: tarihi)?|d\\. ?tarihi|datelindja|date of birth|birth ?date|出生(?:日期|年月)?|生于|生年月日|誕生日|생년월일|출생)"
                + "[^\\d\\n]{0,24}?("
                + DATE
                + ")",
            s -> true));
  }

  /** Of texts that have letters of such scripts. */
  static List<SpanRule> beyondLatin() {
    return List.of(
        rule(
            PersonalKind.MEDICAL,
            0.85,
            "[\\p{IsHan}\\p{IsKatakana}\\p{IsHangul}\\p{IsDevanagari}\\p{IsArabic}\\p{IsThai}\\p{IsHebrew}\\p{M}ー]{2,24} ?\\d+(?:[.,]\\d+)? ?(?:mg|mcg|µg|g|ml|毫克|微克|毫升|片|錠|ミリグラム|밀리그램|मिलीग्राम|मिग्रा|ملغ|ملجم|مجم|مغ|มก\\.?|มิลลิกรัม|מ\"ג)(?![A-Za-z])",
            s -> true),
        rule(
            PersonalKind.MEDICAL,
            0.85,
            "[12一二1２]型糖尿病|糖尿病|高血[压壓圧](?:症|病)?|低血[压壓圧]症?|[\\p{IsHan}]{0,3}(?:哮喘|喘息)|肺炎|肺结核|結核|[\\p{IsHan}]{1,2}(?:癌|がん)|(?:恶性)?肿瘤|腫瘍|骨折|抑郁症?|うつ病|双相障碍|统合失调|統合失調症|精神分裂症|脳(?:梗塞|卒中|出血)|脑(?:梗死|卒中|出血)|中风|心筋梗塞|心肌梗死|心房細動|心房颤动|冠心病|狭心症|[\\p{IsHan}]{1,2}炎(?=[，。、,.の。]|$|[^\\p{IsHan}])|过敏(?:性\\p{IsHan}{2})?|過敏(?:性\\p{IsHan}{2})?|アレルギー(?:性\\p{IsHan}{2})?|アトピー|花粉症|貧血|贫血|癫痫|てんかん|不眠症|失眠|偏头痛|片頭痛|痛风|痛風|关节炎|甲[状狀]腺\\p{IsHan}{2,4}|艾滋病|认知症|認知症|老年痴呆|帕金森病?|新冠|インフルエンザ"
                + "|고혈압|저혈압|당뇨(?:병)?|천식|폐렴|결핵|[\\p{IsHangul}]{1,3}암(?=[ ,.을은이가로의]|$)|골절|우울증|조울증|뇌졸중|뇌경색|심근경색|협심증|부정맥|[간위장폐신]{1}염|비염|관절염|알레르기|아토피|빈혈|통풍|간질|뇌전증|치매|불면증|편두통|갑상선\\p{IsHangul}{2,5}"
                + "|मधुमेह|डायबिटीज|उच्च रक्तचाप|हाई बीपी|दमा|अस्थमा|कैंसर|तपेदिक|टीबी|निमोनिया|मिर्गी|अवसाद|हृदय रोग|एनीमिया|मलेरिया|डेंगू|थायराइड|माइग्रेन|गठिया"
                + "|(?:ارتفاع )?(?:ضغط الدم|الضغط)|داء السكري|السكري|سكري|الربو|ربو|السرطان|سرطان\\p{L}*|الصرع|صرع|الاكتئاب|اكتئاب|فقر الدم|التهاب [\\p{IsArabic}]{3,12}|حساسية [\\p{IsArabic}]{3,12}|جلطة|الشقيقة|قصور [\\p{IsArabic}]{3,12}|دیابت|فشار خون|آسم|سرطان|افسردگی|صرع|کم‌خونی"
                + "|סוכרת(?: סוג \\d)?|אסתמה|אסטמה|יתר לחץ דם|סרטן|אפילפסיה|דיכאון|מיגרנה|אלרגי\\p{L}+ ל[\\p{IsHebrew}]{3,14}|דלקת \\p{L}{3,10}|אנמיה"
                + "|เบาหวาน|ความดันโลหิตสูง|หอบหืด|มะเร็ง\\p{IsThai}{0,8}|ลมชัก|ซึมเศร้า|โลหิตจาง|ปอดบวม|ปอดอักเสบ|ภูมิแพ้|ไมเกรน|วัณโรค|ไข้เลือดออก|โรคหัวใจ|ไทรอยด์",
            s -> true));
  }

  /** A token that is no word, no number and no address: three kinds of characters, or long. */
  private static boolean isSecret(String token) {
    boolean digit = token.chars().anyMatch(Character::isDigit);
    return digit
        && !token.contains("://")
        && !token.matches(
            "[\\d.,:/+()-]+|[A-Z]{1,4}[-/ ]?\\d+|.*\\.(?:com|org|net|de|pdf|csv|txt|html?)|\\p{Lu}?\\p{Ll}+[-/]?\\d{1,4}|[A-Z0-9]{2,6}-[\\d-]+|IEEE.*|802\\.11.*")
        && (Secrets.isMixed(token) || (token.length() >= 16 && token.matches(".*[A-Za-z].*")));
  }

  private static SpanRule rule(
      PersonalKind kind, double confidence, String pattern, Predicate<String> valid) {
    Pattern compiled = Pattern.compile(pattern, FLAGS);
    int group = compiled.matcher("").groupCount() > 0 ? 1 : 0;
    return new SpanRule(kind, confidence, compiled, group, valid, kind == PersonalKind.CREDENTIALS);
  }
}
