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
  private ScriptRules() {}

  /** Of any text: some of the words are Latin ones. */
  static List<SpanRule> all() {
    return List.of(
        rule(
            PersonalKind.NATIONAL_ID,
            0.85,
            "\\b(?:ID|Id|id)(?: (?:no\\.?|number|nr\\.?|card|is))?[:# ]{1,2}(\\d{8,13})(?!\\d)",
            s -> !NationalIds.of(s).isEmpty()));
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

  private static SpanRule rule(
      PersonalKind kind, double confidence, String pattern, Predicate<String> valid) {
    Pattern compiled = Pattern.compile(pattern, FLAGS);
    int group = compiled.matcher("").groupCount() > 0 ? 1 : 0;
    return new SpanRule(kind, confidence, compiled, group, valid, look -> true, false);
  }
}
