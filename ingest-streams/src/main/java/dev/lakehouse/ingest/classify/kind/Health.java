package dev.lakehouse.ingest.classify.kind;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Codes and words of diagnoses, medicines and blood groups. */
final class Health {
  /** ICD-10 and ICD-10-CM with their point; three-character categories only where named so. */
  private static final Pattern ICD =
      Pattern.compile("[A-TV-Z]\\d[0-9AB]\\.[0-9A-Z]{1,4}(?:[*†!+])?");

  private static final Pattern ICD_CATEGORY =
      Pattern.compile("[A-TV-Z]\\d[0-9AB](?:\\.?[0-9A-Z]{1,4})?");
  private static final Pattern BLOOD =
      Pattern.compile(
          "(?:A|B|AB|O|0)(?:1|2)? ?(?:[+\\u2212-]|(?:Rh ?)?(?:pos|neg)(?:itive|ative)?\\.?|Rh[+-])",
          Pattern.CASE_INSENSITIVE);

  /** How the names of medicines and illnesses end, in Latin's heirs and German. */
  private static final Pattern TERM =
      Pattern.compile(
          ".*(?:(?:cillin|mycin|floxacin|cyclin|azol|prazol|sartan|statin|gliptin|gliflozin|glutid"
              + "|oxetin|zepam|zolam|triptan|dipin|parin|xaban|profen|thyroxin|citabin|tinib|dronat"
              + "|triaxon|pril|olol|formin|metason|solon|barbital|setron|lukast|terol|vudin|fovir|ciclovir"
              + "|caftor|sulfam\\w+)[aeo]?|[a-z]{4,}(?:mab|vir)|.{3,}(?:itis|itid[ae])"
              + "|.*(?:arthr|bronch|gastr|hepat|epat|dermat|appendic|cyst|cist|mening|phleb|fleb"
              + "|pancreat|onctiv|ongiuntiv|laryng|faring|laring|tendin|neur|nephr|nefr|card|encephal"
              + "|encefal|sinus|rhin|rin)it[ei]s?|.*(?:emia|amie|emie|uria|urie|pathie|pathia|pathy|patia|algia|algie|plegia|plegie"
              + "|philie|philia|ectom[iy][ae]?|ostom[iy][ae]?|oplast[iy][ae]?|sklerose|sclerosis"
              + "|sclerose|esclerosis|trophie|troph[iy]a?|carcinom[ae]?|karzinom|sarcom[ae]?|lymphom[ae]?"
              + "|melanom[ae]?|myelom[ae]?|glaukom|thrombos[ei]s?|trombos[ei]s?|psychos[ei]s?"
              + "|\\w*th?[iy]r(?:e)?oid\\w*|schizophren\\w+|insuffizienz|allergie[ns]?|erkrankung|infarkt|krankheit|syndrom[ae]?"
              + "|fraktur|fracture|fraktura|toxicosis|dysplasi\\w+|pneumon\\w+|hypert\\w+ion"
              + "|hypertens\\w+|hipertens\\w+|ipertens\\w+|hypotens\\w+|arthros\\w+|artros\\w+"
              + "|arthrit\\w+|artrit\\w+|fibrillat\\w+|fibrilla[cz]\\w+|diabet\\w+|epilep\\w+"
              + "|asthmat\\w+|bronch\\w+))");

  private static final Pattern NO_TERM =
      Pattern.compile(
          ".*(?:sympathy|empathy|apathy|sympathie|empathie|simpatia|empatia|antipathie|antipatia"
              + "|academia|academie|akademie|bohemia|alchemia|alchemie|chemie|chemia|blasphemie|blasfemia"
              + "|reservoir|espolon|control|symbol|semana|protocol|.*(?:gramie|stemie|blemie|chemie|tuuria|duuria)|industrie|curie|tourist\\w*)");

  private static final Pattern DOSE =
      Pattern.compile(
          "\\p{L}{5,} \\d+(?:[.,]\\d+)? ?(?:mg|mcg|µg|ug|iu|ui|i\\.e\\.|units?)\\b(?!/[dl])");

  static final String LABORATORY_WRITTEN =
      "\\b(?:HbA1c|eGFR|GFR|TSH|LDL|HDL|WBC|RBC|INR|CRP|PSA|ALT|AST|HIV|HCV|HBsAg|BNP|CK-MB|ESR|fT[34]|BMI|SpO2)\\b[^.\\d\\n"
          + "]{0,16}?(?:\\d+(?:[.,/]\\d+)?(?: ?(?:%|m[gl]/d[lL]|mmol/[lL]))?"
          + "|positive|negative|positiv[eo]?|negativ[eo]?|reactive|nonreactive|elevated)|\\b\\d+(?:[.,/]\\d+)?"
          + " ?(?:mg/d[lL]|mmol/[lL]|m?IU/m?[lL]|mmHg|g/d[lL]|ng/m[lL]|[uµ]mol/[lL]|bpm)\\b";
  private static final Pattern LABORATORY =
      Pattern.compile(LABORATORY_WRITTEN, Pattern.CASE_INSENSITIVE);

  private static final Pattern WORD = Pattern.compile("[^\\p{L}\\p{M}-]+");

  private static final int LEAST_TERM = 8;
  private static final int MOST_REMEMBERED = 20_000;
  private static final Map<String, Boolean> ENDINGS = new ConcurrentHashMap<>();

  private Health() {}

  static boolean isIcd(String value) {
    return ICD.matcher(value).matches();
  }

  static boolean isIcdCategory(String value) {
    return ICD_CATEGORY.matcher(value).matches();
  }

  static boolean isBlood(String value) {
    return BLOOD.matcher(value).matches();
  }

  /** Whether the value has a word of medicine, a dose or a laboratory's finding. */
  static boolean hasWord(String value) {
    String folded = Words.fold(value);
    for (String word : WORD.split(folded, 0)) {
      if (isTerm(word)) {
        return true;
      }
    }
    return (CuedSpans.digits(value) > 0 && DOSE.matcher(folded).find())
        || LABORATORY.matcher(value).find();
  }

  /** Whether a folded word names an illness or a medicine, by the list or by how it ends. */
  static boolean isTerm(String word) {
    return word.length() >= 3
        && (Words.MEDICAL.contains(word) || (word.length() >= LEAST_TERM && endsAsTerm(word)));
  }

  /** Remembers words, as a few make up most of any text; what is forgotten is found again. */
  private static boolean endsAsTerm(String word) {
    Boolean known = ENDINGS.get(word);
    if (known == null) {
      if (ENDINGS.size() >= MOST_REMEMBERED) {
        ENDINGS.clear();
      }
      known = TERM.matcher(word).matches() && !NO_TERM.matcher(word).matches();
      ENDINGS.put(word, known);
    }
    return known;
  }
}
