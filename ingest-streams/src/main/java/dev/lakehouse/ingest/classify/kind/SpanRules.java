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
      "(?:\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}|\\d{1,2}(?:st|nd|rd|th|er|\\.|º)?[ /-]?(?:of |de |di )?"
          + MONTH
          + ",?(?: de| del)?[ /-]\\d{2,4}|"
          + MONTH
          + " \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{4}[年년] ?\\d{1,2}[月월] ?\\d{1,2}[日일])";
  private static final String AMOUNT =
      "(?:(?:[$€£¥₹]|R\\$|USD|EUR|GBP|CHF|INR|AUD|CAD) ?\\d[\\d,.' ]*\\d(?: ?k)?|\\d[\\d,.']*\\d(?: ?k)?"
          + " ?(?:[$€£¥₹]|USD|EUR|GBP|CHF|INR|euros?|dollars|pounds|zł|kr))";

  /** What a secret is called, also as part of a longer name ({@code DB_PASSWORD}). */
  private static final String SECRET =
      "(?:password|passwd|passcode|passphrase|passwort|kennwort|passord|lösenord|losenord|mot de"
          + " passe|contraseña|contrasena|senha|palavra-passe|wachtwoord|parola(?: d'ordine)?|hasło"
          + "|heslo|jelszó|şifre|salasana|adgangskode|clave(?: secreta| de acceso)?|pwd"
          + "|api[ _-]?key|apikey|api[ _-]?token|secret(?:[ _-]?(?:access)?[ _-]?key)?"
          + "|client[ _-]?secret|access[ _-]?(?:token|key)|auth(?:entication)?[ _-]?token"
          + "|session[ _-]?(?:token|key)|refresh[ _-]?token|private[ _-]?key|signing[ _-]?key"
          + "|(?:wi-?fi|wlan|wpa2?|network)[ _-]?(?:key|password|code|schlüssel|pass)|pass(?=[:=])|пароль|密码|密碼"
          + "|パスワード|비밀번호)";

  private static final Pattern THING =
      Pattern.compile(
          "(?s).*\\b(?:imei|isbn|issn|ean|upc|gtin|sku|part|order|invoice|tracking|serial|batch|lot"
              + "|parcel|reference|ref|ticket|case|model|item|article|rechnung|auftrag|bestellung"
              + "|sendung|facture|commande|pedido|factura|fattura|ordine|fatura|encomenda|bestelling"
              + "|factuur|zamówieni\\p{L}+|faktur\\p{L}+|booking|confirmation|transaction|policy"
              + "|contract|purchase|meter|version|firmware|release|build|patch|driver|upgrade|update)(?:"
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
        PersonalKind.CREDENTIALS,
        0.98,
        0,
        "(?<![A-Za-z0-9])(?:" + Secrets.FORMS + ")",
        0,
        s -> true);
    rule(
        PersonalKind.CREDENTIALS,
        0.97,
        FLAGS,
        "\\b(?:Authorization:? ?)?(?:Basic|Bearer) ([A-Za-z0-9+/_.~-]{16,}={0,2})",
        1,
        s -> true);
    rule(
        PersonalKind.CREDENTIALS,
        0.9,
        FLAGS,
        "(?<![\\p{L}\\p{N}])(?:[\\p{L}\\p{N}]+[_-])*"
            + SECRET
            + "(?:[_-][\\p{L}\\p{N}]+)*\\b(?:(?: \\p{L}+){1,5}(?= ?[:=]))?[\"'”]?(?:(?: (?!is\\b|ist\\b|est\\b|es\\b|é\\b|è\\b)\\p{L}+){0,6}?"
            + " (?:is|ist|est|es|é|è|was|war|lautet|to|jest|är|er|on)(?: now| jetzt| maintenant|"
            + " ahora| agora| adesso)?)?\\s?[:=]?>?\\s?[\"'«“„]?"
            + "((?=[^\\s\"']*[\\d!@#$%^&*_+\\p{Lu}])[^\\s\"'»”,;]{4,128}[^\\s\"'»”,;.!?])",
        1,
        s ->
            !s.matches("\\p{Lu}?\\p{Ll}+|\\p{Lu}{2,}|[\\d.,:/-]{1,3}|https?://.*")
                && isTelling(s)
                && !CuedSecrets.isPlaceholder(s));
    rule(
        PersonalKind.CREDENTIALS,
        0.85,
        FLAGS,
        "\\b(?:pass|token|secret|key)(?: is|:)? ([^\\s,;]{10,128}[^\\s,;.!?])",
        1,
        s -> isToken(s) && (Secrets.isMixed(s) || s.matches(".*\\d\\p{L}.*-.*")));
    rule(
        PersonalKind.CREDENTIALS,
        0.85,
        0,
        "\\b(?:login|mysql|psql|sshpass|ftp|curl|redis-cli|docker|mongo|ldapsearch|unzip|7z)\\b[^\\n]{0,60}? (?:-p ?|-a |-w |-P |--pass(?:word)?[= ]|-u \\S{1,40}:)['\"]?([^\\s'\"]{6,64})",
        1,
        s -> true);
  }

  /** Whether a token has letters and digits, as words and numbers have not. */
  private static boolean isToken(String text) {
    return text.matches("(?=.*\\d)(?=.*\\p{L}).*");
  }

  /** Whether a text is more than a word: digits, marks or capitals within. */
  private static boolean isTelling(String text) {
    return text.matches(".*[\\d!@#$%^&*+=].*|.*\\p{Ll}\\p{Lu}.*|.*\\p{L}[-_]\\p{L}.*");
  }

  private static void contacts() {
    rule(
        PersonalKind.PHONE,
        0.9,
        0,
        "(?<![\\w+])\\+\\d[\\d ().-]{7,18}\\d(?!\\d)",
        0,
        Phones::isInternational);
    rule(
        PersonalKind.EMAIL,
        0.99,
        0,
        "(?<![\\p{IsLatin}\\p{IsCyrillic}\\p{IsGreek}\\p{N}._%+-])(?=[\\p{IsLatin}\\p{IsCyrillic}\\p{IsGreek}\\p{N}._%+'’-]{1,64}@)"
            + ValueRecogniser.EMAIL_WRITTEN
            + "(?![\\p{IsLatin}\\p{N}@])",
        0,
        s -> true);
    rule(
        PersonalKind.IP_ADDRESS,
        0.95,
        0,
        "(?<![\\d.]|\\p{L}[/_v-])" + IpAddresses.V4 + "(?![\\d]|\\.\\d)",
        0,
        s -> !IpAddresses.isSmall(s),
        true);
    rule(
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
        PersonalKind.CARD_NUMBER,
        0.97,
        0,
        "(?<![\\d.-])" + Payment.CARD_WRITTEN + "(?![\\d]|[.-]\\d)",
        0,
        Payment::isCard,
        true);
    for (NationalId id : NationalIds.ALL) {
      if (id.chance() <= 0.05) {
        rule(
            PersonalKind.NATIONAL_ID,
            id.chance() == 0 ? 0.95 : 0.85,
            0,
            "(?<![\\p{L}\\p{N}.-])(?:" + id.written().pattern() + ")(?![\\p{L}\\p{N}]|[-.]\\d)",
            0,
            s -> id.valid().test(NationalIds.bare(s)),
            true);
      }
    }
    rule(
        PersonalKind.NATIONAL_ID,
        0.9,
        FLAGS,
        "\\b(?:ssn|social security(?: number| no\\.?)?|social insurance(?: number)?|national"
            + " id(?:entity)?(?: number)?|identity (?:number|no\\.?)|tax (?:id|file number)"
            + "|passport(?: number| no\\.?| nr\\.?)?|reisepass(?:nummer| nr\\.?)?|passeport(?: n°)?"
            + "|pasaporte|passaporto|paspoort(?:nummer)?|driver'?s licen[cs]e(?: number| no\\.?)?"
            + "|driving licen[cs]e(?: number| no\\.?)?|führerschein(?:nummer)?|permis de conduire"
            + "|id card(?: number)?|personalausweis(?:nummer)?|steuer-?id|steueridentifikationsnummer"
            + "|sozialversicherungsnummer|svnr|ahv(?:-nummer)?|dni|nie|nif|nuss|cpf|rg|bsn"
            + "|burgerservicenummer|rijksregisternummer|aadhaar(?: number)?|pan(?: number| card)?"
            + "|nino|ni number|national insurance(?: number)?|nhs number|medicare(?: number| no\\.?)?"
            + "|tfn|pps(?:n| number)?|codice fiscale|numéro de sécurité sociale|sécurité sociale|nir"
            + "|nas|pesel|dowód|rodné číslo|cnp|egn|oib|jmbg|sin|cédula|curp|rut|nric|mykad|hkid"
            + "|personnummer|fødselsnummer|cpr(?:-nummer)?|henkilötunnus|kennitala|tckn|tc kimlik(?:"
            + " no)?|снилс|инн|паспорт|身份证号?码?|マイナンバー|주민등록번호)(?![\\p{L}\\p{N}])(?:"
            + " (?:is|ist|est|es|é|è|was|nr\\.?|no\\.?|n°|number|numero|número|numer))*\\s?[:#=(：]?\\s?"
            + "((?=(?:\\D{0,3}\\d){4})[A-Z0-9](?:[A-Z0-9.\\-/]| (?=[\\dA-Z]*\\d)){5,17}[A-Z0-9])",
        1,
        s -> true);
  }

  private static void birthAndPay() {
    rule(
        PersonalKind.DATE_OF_BIRTH,
        0.93,
        FLAGS,
        "(?:\\b(?:born|d\\.?o\\.?b\\.?|date of birth|birth ?date|birthday|geboren|geburtsdatum"
            + "|geburtstag|geb\\.|né(?:e)?|date de naissance|nacid[oa]|naci|nació|fecha de nacimiento"
            + "|f\\. ?nac\\.|nat[oa] (?:il|a|nel)|data di nascita|nascid[oa]|nasci|nasceu|data de nascimento|geboren"
            + " op|geboortedatum|född|födelsedatum|født|fødselsdato|syntynyt|syntymäaika|urodzon[ya]"
            + "|urodził\\p{L}*|data urodzenia|ur\\.|narozen[áý]?|datum narození|született|născut[ăa]?"
            + "|doğum(?: tarihi)?|дата рождения|родил(?:ся|ась)|生年月日|出生日期|生日|생년월일)"
            + "|(?<![\\p{L}.])b\\.|(?<=[_\\W])(?:dob|birth_?date|birthday|date_?of_?birth)(?=[_\\W]))"
            + "[^\\d.;!\\n]{0,40}?("
            + DATE
            + ")",
        1,
        s -> true);
    rule(
        PersonalKind.SALARY,
        0.92,
        FLAGS,
        "\\b(?:salary|salaries|wages?|income|earn(?:s|ed|ing|ings)?|compensation|paid|pays?|gehalt|lohn|verdien\\p{L}*|einkommen|salaire|revenu|gagne|sueldo|salario|gana|stipendio|guadagna|salaris|verdient)\\b[^.\\d$€£¥₹]{0,40}?("
            + AMOUNT
            + "|\\d{2,3}[,.]\\d{3}|\\d{2,3}k)",
        1,
        s -> true);
    rule(
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
        PersonalKind.MEDICAL,
        0.85,
        FLAGS,
        "(?<!\\p{L})(?:(?:known )?diagnos(?:is|es|e|i|tic|tico|tique|oosi|za)|diagnóstico|diagnosticad[oa] (?:com|con|de)|diagnosed with|diagnostiqué[e]? (?:avec|d'|de)|diagnostiziert mit|leidet an|suffers from|souffre d[e']|sufre de|padece(?: de)?|soffre di|sofre de|lijdt aan|lider av|cierpi na|trpí|allergies|allergy|allergien|allergie|alergias?|allergieën|allergier|alergie|alergia|medication|medikation|medicación|medicação|medication list|traitement|tratamiento|tratamento|terapia|medicatie|vorerkrankungen|antécédents|antecedentes|chief complaint|presenting complaint|condition|приступ|диагноз|аллергия на|аллергия|діагноз|διάγνωση|诊断|診断|病名|진단(?:명)?|过敏史?|アレルギー|التشخيص|אבחנה|निदान|tanı|teşhis|diagnózis|diagnosa|chẩn đoán)"
            + "(?: (?:is|ist|est|es|é|è|är|er|on))?\\s?[:：]\\s?(?!(?:none|keine|aucune?|ninguna?|nessuna?|nenhuma?|geen|no known|nil|n/a|not|pending|see|yes|no)\\b)([\\p{L}\\p{M}\\d][\\p{L}\\p{M}\\d '’/-]{2,40})",
        1,
        s -> true);
    rule(
        PersonalKind.MEDICAL,
        0.85,
        FLAGS,
        "\\b(?:diagnosed with|diagnosticad[oa] (?:com|con|de)|diagnostiqué[e]? (?:avec|d')|leidet (?:an|unter)|suffers? from|souffre d(?:e |')|sufre de|padece(?: de)?|soffre di|sofre de|lijdt aan|lider av|cierpi na"
            + "|allergic to|allergisch (?:gegen|auf|voor)|allergique (?:à la |à l'|à|aux?)|alérgic[oa] (?:à|ao|al?|a la)|allergic[oa] (?:al?|alla|ai|agli)|allergisk mot|uczulon[ya] na|uczulenie na|аллерги(?:я|ен|чен) на|алергія на|allergy to|allergie (?:à l['’]|à la |aux? |gegen |auf |voor )|allergia (?:al|alla|a)|alergia (?:a|ao|al|a la|na)|allergi (?:mot|for|over ?for)|алергия към|treated for|hospitali[sz]ed for|history of)"
            + " ?(?:an? |the |chronic |acute )?(?!(?:the|his|her|this|that|a|an|our|my|your|ein\\p{L}*|une?|la|le|il|an|from|it|them|poor|low|bad|slow|lack)\\b)(\\p{L}[\\p{L}\\p{M}-]{3,24}(?: \\p{L}{4,20})?)",
        1,
        s -> true);
    rule(PersonalKind.MEDICAL, 0.85, 0, "\\b[A-TV-Z]\\d[0-9AB]\\.[0-9A-Z]{1,4}\\b", 0, s -> true);
    rule(
        PersonalKind.MEDICAL,
        0.85,
        FLAGS,
        "\\b(?:icd(?:-?10)?(?:-cm)?|diagnos[ei]s?(?: codes?)?|cie-?10|cim-?10|cid(?:-?10)?)\\b[ :,]*"
            + "(?:[A-TV-Z]\\d[0-9AB](?:\\.\\d{1,2})?[, ]+)*([A-TV-Z]\\d[0-9AB](?:\\.\\d{1,2})?)\\b",
        1,
        s -> true);
    rule(
        PersonalKind.MEDICAL,
        0.85,
        0,
        "\\b(?:AB|A|B|O|0) (?:Rh ?)?(?:positive|negative|positiv|negativ|Rh[+-])(?![\\p{L}])",
        0,
        s -> true);
    rule(
        PersonalKind.MEDICAL,
        0.9,
        FLAGS,
        "\\b(?:blood (?:type|group)|blutgruppe|groupe sanguin|grupo sanguíneo|gruppo sanguigno"
            + "|tipo sanguíneo|bloedgroep|blodgrupp|grupa krwi)(?: is| ist| est| es| è| é|:)?\\s?"
            + "((?:AB|A|B|O|0) ?(?:[+-]|pos\\p{L}*|neg\\p{L}*)?)",
        1,
        s -> true);
    rule(PersonalKind.MEDICAL, 0.85, FLAGS, Health.LABORATORY_WRITTEN, 0, s -> true);
    rule(
        PersonalKind.MEDICAL,
        0.85,
        FLAGS,
        "(?<!\\p{L})(?:insuffisance (?:cardiaque|rénale|respiratoire|hépatique)|insuficiencia (?:cardíaca|cardiaca|renal|respiratoria|hepática)|insufficienza (?:cardiaca|renale|respiratoria)|insuficiência (?:cardíaca|renal|respiratória)|niewydolność (?:serca|nerek|wątroby)|(?:сердечная|почечная|серцева|ниркова) недостаточность"
            + "|fibril\\p{L}+ (?:auric\\p{L}+|atri\\p{L}+)|(?:atrial|ventricular) fibrillation|angine (?:bactérienne|de poitrine|blanche)|hyper?tension art\\p{L}+|(?:hiper|iper|hyper)tens\\p{L}+(?: art\\p{L}+)?|rheumat\\p{L}+ (?:arthrit\\p{L}+|fever)|reumat\\p{L}+ artri\\p{L}+|poliartretă|gonarthrose|hallux valgus"
            + "|hern\\p{L}+ dis\\p{L}+|hernia (?:inguinal\\p{L}*|hiatal)|bandscheibenvorfall|prolaps(?: i \\p{L}+)?|diskusprolaps|iskias|ischias|sciatica|scoliosis|skoliose"
            + "|(?:sick|blood|bone|skin|breast|lung|colon|prostate|ovarian|cervical|pancreatic) cancer|(?:cáncer|cancer|cancro|kanker|kræft|kreft|rak) (?:de |du |do |da |della |di |al |av |i )?(?:mama|sein|poumon|pulmón|próstata|prostate|colon|pulmão|seno|polmone|piersi|płuc|płuca)"
            + "|(?:AR[VT]|HAART|HIV|chemo(?:therapy)?|radiation) (?:treatment|therapy)|TB(?= (?:negative|positive|treatment|test))|ADHD|PTSD|OCD|COPD|GERD|IBS|CKD|MRSA|COVID-19|SARS-CoV-2(?: positive)?"
            + "|(?:scharlach|masern|mumps|röteln|windpocken|keuchhusten|gürtelrose|borreliose|krätze|varicell\\p{L}+|rubeol\\p{L}+|rubéole|rougeole|coqueluche|oreillons|scarlatine|zona|gale|sarampión|varicela|paperas|tos ferina|morbillo|varicella|parotite|pertosse|sarampo|catapora|caxumba|coqueluche|mazelen|waterpokken|kinkhoest|gordelroos|mässling|vattkoppor|kikhosta|bältros|vesirokko|tuhkarokko|ospa|odra|świnka|szkarlatyna|płonica|półpasiec|neštovice|spalničky|kanyaró|bárányhimlő|dengue(?: fever)?|malaria|cholera|typhoid|scarlet fever|measles|chickenpox|shingles|whooping cough|lyme disease)"
            + "|(?:padaczk|migren|migrén|migræn|cukrzyc|cukrovk|nadciśnien|zapaleni[ea] \\p{L}+|zawał|udar|białaczk|łuszczyc|niedokrwistoś|astm[ayeęou]|epilepsi|cukorbeteg|magasvérnyomás|magas vérnyomás|asztm|tüdőgyulladás|förmaksflimmer|hjärtsvikt|hjärtinfarkt|hjertesvikt|hjerteflimmer|lungeinnflamm|lungebetændels|lunginflammation|sukkersyg|keliaki|keuhkokuume|verenpainetaut|sydäninfarkt|aivoinfarkt|masennu|diabet|astma|anemi|reum|artrit|artros|gastrit|otit|sinusit|bronkit|bronchit|tonsillit|cystit|dermatit|eksem|psoria|depression|depresj|depres)\\p{L}{0,8}"
            + "|\\p{L}{3,16}(?:allergi|allergie|allergia|alergi[ae]|unverträglichkeit|intolerans|intoleranz|anemia|anæmi|flimmer|prolaps|otite|otitis)\\p{L}{0,3})(?!\\p{L})",
        0,
        s -> true);
    rule(
        PersonalKind.MEDICAL,
        0.85,
        FLAGS,
        "\\b(?:(?:chronic|acute|severe|congestive|congenital) )?(?:kidney|liver|heart|lung|coronary"
            + "|renal|hepatic|cardiac|bowel|thyroid|celiac|coeliac|crohn's|parkinson's|alzheimer's"
            + "|huntington's|lyme|respiratory|urinary tract|ear|sinus|eating|personality|panic|bipolar|traumatic stress|compulsive|anxiety|mood"
            + "|autoimmune|kidney) (?:disease|failure|infection|disorder|insufficiency|attack|injury)"
            + "|\\b(?:fractured|broken|sprained|dislocated|torn|ruptured|swollen) (?:(?:left|right|upper"
            + "|lower) )?(?:wrist|ankle|arm|leg|hip|ribs?|collarbone|femur|knee|shoulder|elbow|finger|hand"
            + "|foot|toe|tibia|clavicle|ligament|meniscus|nose|jaw|achilles tendon)",
        0,
        s -> true);
    rule(
        PersonalKind.MEDICAL,
        0.85,
        0,
        "(?<![\\p{L}-])(?!(?i:all?erg\\p{L}*|аллерги\\p{L}*) (?:to|à|a|al|alla|ao|aux|gegen|auf|na|на|mot|mod|på|voor|ai)\\b)(?:\\p{L}-)?\\p{L}{3,24}+(?:-\\p{L}{2,12})*(?! ?[:：])(?: \\d+(?:[.,]\\d+)? ?(?:mg|mcg|µg|ug|g|ml|IU|UI|IE|мг|мкг|мл|г)(?![\\p{IsLatin}\\p{IsCyrillic}]))?",
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
      PersonalKind kind,
      double confidence,
      int flags,
      String pattern,
      int group,
      Predicate<String> valid) {
    rule(kind, confidence, flags, pattern, group, valid, false);
  }

  private static void rule(
      PersonalKind kind,
      double confidence,
      int flags,
      String pattern,
      int group,
      Predicate<String> valid,
      boolean things) {
    ALL.add(new SpanRule(kind, confidence, Pattern.compile(pattern, flags), group, valid, things));
  }
}
