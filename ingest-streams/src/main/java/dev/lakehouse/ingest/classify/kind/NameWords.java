package dev.lakehouse.ingest.classify.kind;

import java.util.List;
import java.util.Set;

/** What is said before persons' names, and what looks like such a name and is none. */
final class NameWords {
  static final String TITLES =
      "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herrn?|Frau|Sir|Dame|Lord|Lady|Rev|Mme|Mlle|Monsieur|Madame|Maître|Señor|Señora"
          + "|Señorita|Sra?|Srta|Don|Doña|Dona|Sig|Signora?|Sig\\.ra|Dott(?:\\.ssa)?|Avv|Dhr|Mevr|Mevrouw|Meneer|Mw|Hr|Fru"
          + "|Pani?|Paní|Bay|Bayan|Sayın|Bapak|Ibu|Pak|Shri|Smt|Kumari|Encik|Puan|Datuk|Nurse|Officer|Judge|Aunt|Auntie|Uncle"
          + "|Господин|Госпожа|Г-н|Г-жа|Пан|Пані";

  /** Who somebody is, in many languages. */
  static final String ROLES =
      "nominee|intern|trainee|guarantor|heir|executor|attorney|lawyer|solicitor|agent|caller|visitor|guest|neighbou?r"
          + "|coach|captain|ceo|cfo|cto|founder|chair(?:man|woman)?|president|secretary|treasurer|accountant|therapist|dentist|surgeon"
          + "|gp|midwife|donor|subscriber|volunteer|winner|reviewer|assignee|reporter|approver|requester|client|customer|buyer|seller|owner|contact(?:"
          + " person)?|cc|bcc|c/o|care of|on behalf of|in favou?r of|payable to|made out to|pay"
          + " to|belongs"
          + " to|(?:requested|submitted|signed|approved|prepared|reviewed|reported|written|sent|issued|created|ordered|booked|paid)"
          + " by|assigned to|addressed"
          + " to|nephew|niece|cousin|fianc[ée]e?|partner|roommate|flatmate|colleague|manager|boss|locataire|propriétaire|bailleur|assurée?|destinataire|expéditeur|expéditrice|signataire|conjointe?|époux|épouse|fils|fille|mère|père|sœur|soeur|frère|collègue|docteur|infirmière|au"
          + " nom de|signé|nom|mieter(?:in)?|vermieter(?:in)?|versicherter?|antragsteller(?:in)?|absender(?:in)?|empfänger(?:in)?|bewerber(?:in)?|schüler(?:in)?|tochter|sohn|vater|mutter|ehemann|ehefrau|bruder|schwester|kolleg(?:e|en|in)|chef(?:in)?|arzt|ärztin|inhaber(?:in)?|nachbar(?:in)?|im"
          + " namen"
          + " von|gez\\.|unterschrift|inquilin[oa]|propietari[oa]|asegurad[oa]|remitente|destinatari[oa]|beneficiari[oa]|alumn[oa]|hij[oa]|madre|padre|espos[oa]|herman[oa]|colega|doctora?|jef[ea]|firmado"
          + " por|recibe|a nombre"
          + " de|nombre|client[ea]|proprietari[oa]|assicurat[oa]|mittente|alunn[oa]|figli[oa]|moglie|marito|fratello|sorella|collega|dottor(?:e|essa)?|a"
          + " nome"
          + " di|firmato|nome|segurad[oa]|remetente|destinatári[oa]|beneficiári[oa]|alun[oa]|filh[oa]|mãe|pai|marido|irmã|irmão|em"
          + " nome de|sou [oa]|aqui é [oa]|recebe|assinado"
          + "|huurder|verhuurder|verzekerde|afzender|ontvanger|begunstigde|leerling|zoon|dochter|moeder|vader|broer|zus|namens|naam|klant|patiënte?|pacjent(?:ka)?|klient(?:ka)?|najemca|właściciel(?:ka)?|nadawca|odbiorca|uczeń|uczennica|syn|córka|matka|ojciec|mąż|żona|siostra|imię"
          + " i nazwisko|nazywam się|jestem|pacient(?:ka)?|nájemce|jméno|jmenuji"
          + " se|kund|hyresgäst|jag heter|jeg heter|mitt namn är|mit navn"
          + " er|namn|navn|potilas|asiakas|nimeni"
          + " on|nimi|terveisin|beteg|ügyfél|nevem|név|hasta|müşteri|adım|isim|ad"
          + " soyad|alıcı|gönderen|pacient(?:ul|a)|client(?:ul|a)|numele meu este|mă"
          + " numesc|nume|subsemnat(?:ul|a)|pasien|pelanggan|nama saya|nama|penerima|pengirim|bệnh"
          + " nhân|khách hàng|tên tôi là|tôi là|họ tên|người"
          + " nhận|(?:from|to|cc|name)(?=:)|tisztelt|kedves|vážen[ýáí]|szanown[ya]"
          + " pani?e?|stimate|stimată|dragă|poštovan[iaе]|spoštovan[ia]|шановн(?:ий|а|о)|доброго"
          + " дня,?|αγαπητ[έή]|είμαι (?:η|ο)|λέγομαι|ονομάζομαι|με λένε|κύριος|κυρία|ο κ\\.|η"
          + " κ\\.|ασθενής|πελάτης|kjære|kære|hyvä|yth\\.?|lugupeetud|god?dag|technicien(?:ne)?|tecnico|técnico|techniker(?:in)?|клиент(?:ка|а)?|пациент(?:ка|а)?|получатель|отправитель|заявитель|меня"
          + " зовут|фио|сотрудник|с уважением,?|уважаем(?:ый|ая)|имя";

  /** Who is greeted without being named. */
  static final Set<String> NOBODY =
      Set.of(
          ("all team everyone everybody there sir madam folks customer support colleagues "
                  + "friends guys alle zusammen kollegen kunde kundin tous toutes equipe equipo "
                  + "todos todas tutti allemaal collega collegas the your our monsieur madame "
                  + "service sales office from and")
              .split(" "));

  /** Businesses and marks that are called like persons, and places. */
  static final List<String> NO_PERSONS =
      List.of(
          ("morgan stanley|wells fargo|baker hughes|goldman sachs|merrill lynch|"
                  + "charles schwab|philip morris|ernst|louis vuitton|calvin klein|ralph lauren|"
                  + "tommy hilfiger|hugo boss|harley davidson|mercedes|jack daniel|johnnie walker|"
                  + "jim beam|eli lilly|thomson reuters|rolls royce|aston martin|alfa romeo|"
                  + "johnson & johnson|abercrombie|warner bros|visa|american express|santander|"
                  + "sherwin williams|hewlett packard|lockheed martin|andreessen horowitz|"
                  + "herman miller|dr pepper|mary kay|wendy's|mcdonald|trader joe|ben & jerry|"
                  + "stella artois|paul smith|marc jacobs|kate spade|samuel adams|sierra nevada|"
                  + "yves rocher|christian dior|ho chi minh")
              .split("\\|"));

  /** Given names that are more often something else in a text. */
  static final Set<String> AMBIGUOUS =
      Set.of(
          ("per bo xin gift don will mark april may june august grace hope faith rose bill jack art"
                  + " paris sydney austin chelsea florence victoria georgia virginia carolina jordan"
                  + " israel chad madison savannah dallas houston lincoln washington jackson charlotte"
                  + " kent chase max ray summer autumn page frank grant dean drew rich miles christian"
                  + " angel eden sierra alexandria santiago lourdes san santa dakota brooklyn phoenix"
                  + " orlando sienna adelaide lima sofia milan roman prince duke royal melody ivory"
                  + " sunny star crystal amber ruby ping song long sun sky ocean river forest sage"
                  + " basil ginger olive violet iris ivy daisy lily heather holly jade pearl opal"
                  + " scarlet sterling chance ace cash gale gene lane young noble merry joy candy"
                  + " honey penny robin jasmine rosemary clementine bella alba luna nova stella"
                  + " dolores consuelo rosario trinidad santos domingo ernst wolf mai juni marine"
                  + " claire reine prudence constance fleur blanche bianca serena gioia viola luce"
                  + " vitoria gloria liv dag storm rune deniz gul baris umut can bulut savas derya"
                  + " bahar sevgi nur sultan juma amani emil major bin kerem benh buddy martin"
                  + " benedict isle")
              .split(" "));

  private NameWords() {}
}
