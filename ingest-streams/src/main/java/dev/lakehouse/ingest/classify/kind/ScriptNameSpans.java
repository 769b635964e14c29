package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Persons' names in texts of scripts without capitals: behind what is said before a name, and
 * before how people are addressed.
 */
final class ScriptNameSpans {
  /** Behind a label; however little is known of the name. */
  private static final List<Pattern> SAID =
      List.of(
          Pattern.compile(
              "(?:姓名|名字|收件人|收货人|寄件人|联系人|聯絡人|患者|病人|客户|客戶|持卡人|申请人|申請人|员工|員工|学生|學生|经办人|负责人|投保人|被保险人|受益人|户名|戶名|租客|房东|我叫|我是|叫做|氏名|お名前|名前|宛名|受取人|差出人|担当者?|契約者|申込者|社員|会員|保護者|名義)(?:是|は|名)?\\s?[:：]?\\s?((?:\\p{IsHan}{2,4}|\\p{IsHan}{1,3}["
                  + " 　]\\p{IsHan}{1,3}|[\\p{IsKatakana}ー]{2,6}[ 　][\\p{IsKatakana}ー]{2,6}))(?=[ "
                  + "　,，。、;；(（:：]|$|の|で|と|が|は|を|様|さん|先生|女士|的|，)"),
          Pattern.compile(
              "(?:이름|성명|성함|수취인|받는 ?분|보내는"
                  + " ?분|고객명?|환자명?|예금주|담당자|신청인|신청자|세입자|임차인|직원|학생|회원)(?:은|는|이|가)?(?:\\s?[:：]\\s?|\\s)(?!분[은이의께])(\\p{IsHangul}{2,4})(?=["
                  + " ,.(]|$|님|씨|입니다|이고|은|는)"),
          Pattern.compile(
              "(?:الاسم|اسمي|باسم|أنا|انا|السيد|السيدة|المريض|المريضة|العميل|المستلم|الدكتور|نام|آقای|خانم|بیمار|جناب)\\s?[:：]?\\s((?!هو\\b|يعاني|مصاب|تعاني|لديه|لديها)[\\p{IsArabic}]{2,12}(?:"
                  + " [\\p{IsArabic}]{2,12}){1,3}?)(?=[ ,،.:؛]|$)"),
          Pattern.compile(
              "(?:שם(?:"
                  + " מלא)?|שמי|מר|גב'|גברת|המטופל|המטופלת|הלקוח|הלקוחה|ד\"ר|בשם)\\s?[:：]?\\s((?!הוא\\b)[\\p{IsHebrew}'\"]{2,12}(?:"
                  + " [\\p{IsHebrew}'\"]{2,12}){1,2}?)(?=[ ,.:;]|$)"),
          Pattern.compile(
              "(?:नाम|मेरा"
                  + " नाम|मरीज|रोगी|ग्राहक|श्री|श्रीमती|सुश्री|डॉ\\.?)\\s?[:：]?\\s([\\p{IsDevanagari}]{2,16}(?:"
                  + " [\\p{IsDevanagari}]{2,16}){1,2}?)(?=[ ,।.:;]|$)"),
          Pattern.compile(
              "(?:ชื่อ|นาย|นางสาว|นาง|คุณ|ผู้ป่วย|ลูกค้า|ผู้รับ)\\s?[:：]?\\s?([\\p{IsThai}]{2,20}"
                  + " [\\p{IsThai}]{2,24})(?=[ ,.:;]|$)"));

  /** Behind what is done to somebody, before a mark or how to reach them. */
  private static final Pattern REACHED =
      Pattern.compile(
          "(?:联系|聯絡|聯繫|转告|轉告|通知|致电|致電|转交|轉交)("
              + ScriptNames.HAN_DOUBLE
              + "\\p{IsHan}{1,2}|\\p{IsHan}{2,3})(?=[，,。、;；:：（( ]|$|电话|電話|手机|手機|先生|女士|小姐)");

  /** A Japanese surname of any kind: two or three characters before how customers are addressed. */
  private static final Pattern ADDRESSED =
      Pattern.compile(
          "(?:^|[\\s"
              + "　、。，：:（(「\\p{IsHiragana}])(\\p{IsHan}{2,4})(?<![者先方員主社店客生長仕同多模異有各皆一文王神々下上中外内会])(?:様|さま)(?!々|式|子|相)");

  /** A Chinese name and how its bearer is addressed, behind any other character. */
  private static final Pattern TITLED =
      Pattern.compile(
          "((?:"
              + ScriptNames.HAN_DOUBLE
              + ")\\p{IsHan}{0,2}|["
              + ScriptNames.HAN_SURNAMES
              + "]\\p{IsHan}{0,2})(?:先生|女士|小姐|太太|医生|醫生|老师|老師|经理|經理|阿姨|同学)");

  private static final Pattern HAN =
      Pattern.compile(
          "(?<!\\p{IsHan})(\\p{IsHan}{2,4}|\\p{IsHan}{1,3}[ "
              + "　]\\p{IsHan}{1,3})(?:様|さん|さま|氏(?!名)|くん|ちゃん|先生|女士|小姐|同学|同志|医生|医師|经理|老师)");
  private static final Pattern HANGUL =
      Pattern.compile(
          "(?<!\\p{IsHangul})("
              + ScriptNames.HANGUL_DOUBLE
              + "\\p{IsHangul}{1,2}|\\p{IsHangul}{3})\\s?(?:님|씨|고객님|환자|선생님|과장|대리|부장|사원|교수)");

  /**
   * Somebody at the beginning of a sentence, or who says who they are, or to whom something is
   * done.
   */
  private static final List<Pattern> KNOWN =
      List.of(
          Pattern.compile("(?:^|[。！？!?\\n：:]\\s*)(\\p{IsHan}{2,3})(?=[，,、](?!\\p{IsHan}{2}[，,]))"),
          Pattern.compile("(?:担当の|担当は)(\\p{IsHan}{2,4})(?=より|から|が|へ|に)"),
          Pattern.compile("(\\p{IsHan}{3,5})(?=と申します|といいます|と言います)"),
          Pattern.compile("(?<!\\p{IsHangul})(\\p{IsHangul}{3})(?=입니다|이에요|예요|이라고|에게|한테|께)"),
          Pattern.compile(
              "([\\p{IsDevanagari}]{2,16} [\\p{IsDevanagari}]{2,16})(?="
                  + " (?:को|ने|का|की|के|जी|हूँ|हूं|है)(?:[ ,।]|$))"));

  private static final List<Pattern> EVIDENT =
      Stream.concat(Stream.of(HAN, HANGUL, REACHED), KNOWN.stream()).toList();

  private ScriptNameSpans() {}

  /** Adds the names of a text that has letters of such scripts. */
  static void find(String text, List<Span> found) {
    for (Pattern pattern : SAID) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        String name = matcher.group(1);
        int space = name.indexOf(' ');
        if (!NameCues.isStop(space < 0 ? name : name.substring(0, space))) {
          add(found, matcher, 0.8);
        }
      }
    }
    for (Pattern pattern : List.of(ADDRESSED, TITLED)) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        add(found, matcher, 0.75);
      }
    }
    for (Pattern pattern : EVIDENT) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        String name = matcher.group(1);
        if ((ScriptNames.signals(name) & Signal.NAME_FULL.bit()) != 0
            || ScriptNames.isJapaneseSurname(name)) {
          add(found, matcher, 0.75);
        }
      }
    }
  }

  private static void add(List<Span> found, Matcher matcher, double confidence) {
    found.add(new Span(PersonalKind.PERSON_NAME, matcher.start(1), matcher.end(1), confidence));
  }
}
