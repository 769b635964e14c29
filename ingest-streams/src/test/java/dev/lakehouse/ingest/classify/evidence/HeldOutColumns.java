package dev.lakehouse.ingest.classify.evidence;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Columns in formats that were left aside while the rules were made. */
final class HeldOutColumns extends MadeColumns {
  HeldOutColumns(Random random, List<LabelledColumn> columns) {
    super(random, columns);
  }

  @Override
  void make() {
    held(
        PersonalKind.EMAIL,
        "e_mail|adres_email|x",
        r ->
            (given().substring(0, 1) + surname()).replaceAll("[^A-Za-z]", "")
                + "@"
                + domain().toUpperCase(Locale.ROOT));
    held(PersonalKind.PHONE, "Mobilnummer|col2", r -> form("+46 70-### ## ##"));
    held(PersonalKind.PHONE, "telephone|col2", r -> form("020 7946 0###"));
    held(PersonalKind.PHONE, "celular|col2", r -> form("+55 (11) 9####-####"));
    held(PersonalKind.PHONE, "contact_phone|col2", r -> form("+91-98###-#####"));
    held(PersonalKind.PHONE, "fax|work_phone", r -> form("%12.%55.#### x##"));
    held(
        PersonalKind.NATIONAL_ID,
        "personnummer|col2",
        r -> {
          String ten = date("yyMMdd", 1940, 2005) + digits(3);
          return luhn(ten).replaceAll("(.{6})", "$1-").replaceFirst("-$", "");
        });
    held(PersonalKind.NATIONAL_ID, "aadhaar_no|uid_aadhaar", r -> form("%### #### ####"));
    held(PersonalKind.NATIONAL_ID, "kimlik_no|citizen_id", r -> form("%##########"));
    held(
        PersonalKind.NATIONAL_ID,
        "rrn|col2",
        r -> date("yyMMdd", 1950, 1999) + "-" + between(1, 2) + digits(6));
    held(
        PersonalKind.CARD_NUMBER,
        "numero_tarjeta|col2",
        r -> luhn("6011" + digits(11)).replaceAll("(.{4})(?=.)", "$1-"));
    held(PersonalKind.IBAN, "bank_account|col2", r -> iban(pick("ES", "SE"), 24));
    held(
        PersonalKind.SALARY,
        "monthly_wage|lønn_lon|renda_mensal|stipendio_lordo",
        r -> between(1500, 9900) + "." + digits(2));
    held(
        PersonalKind.ADDRESS,
        "adres|col2",
        r -> pick("Keizers", "Prinsen", "Heren") + pick("gracht ", "straat ") + between(1, 300));
    held(
        PersonalKind.ADDRESS,
        "indirizzo|col2",
        r -> pick("Via Roma, ", "Piazza Garibaldi ", "Corso Italia ") + between(1, 90));
    held(
        PersonalKind.ADDRESS,
        "shipping_addr|delivery",
        r ->
            pick("Flat 2, ", "Apt. 4B, ", "")
                + between(1, 300)
                + " "
                + pick("Church", "Mill", "Victoria")
                + pick(" Road, Leeds", " Close", " Gardens, Bath"));
    held(
        PersonalKind.POSTAL_CODE,
        "postcode_nl|col2",
        r -> between(1000, 9999) + " " + pick("AB", "CD", "XZ", "KL"));
    held(
        PersonalKind.POSTAL_CODE, "cep|kod_pocztowy", r -> pick(form("##-###"), form("#####-###")));
    held(
        PersonalKind.MEDICAL,
        "enfermedad|maladie",
        r -> pick("Diabetes", "Hipertensión", "Grippe", "Asthme", "Cáncer de mama"));
    held(
        PersonalKind.MEDICAL,
        "allergies|col2",
        r -> pick("Penicillin", "Aspirin", "Ibuprofen allergy", "Amoxicillin", "Codeine"));
    held(
        PersonalKind.PERSON_NAME,
        "imie_nazwisko|col2",
        r ->
            pick("Katarzyna", "Tomasz", "Małgorzata")
                + " "
                + pick("Wiśniewska", "Zieliński", "Wójcik", "Lewandowski"));
    held(
        PersonalKind.PERSON_NAME,
        "фамилия|фио",
        r ->
            pick("Иванов", "Петрова", "Сидоров")
                + " "
                + pick("Иван", "Анна", "Сергей")
                + " "
                + pick("Иванович", "Петровна"));
    held(
        PersonalKind.PERSON_NAME,
        "author|col2",
        r -> given() + " " + (char) ('A' + between(0, 25)) + ". " + surname());
    held(
        PersonalKind.DATE_OF_BIRTH,
        "data_di_nascita|geboortedatum",
        r -> date(pick("d MMM yyyy", "d-M-yyyy"), 1930, 2010));
    held(PersonalKind.DATE_OF_BIRTH, "col2", r -> date("yyyy-MM-dd", 1940, 2005));
    held(
        PersonalKind.IP_ADDRESS,
        "source|col2",
        r -> "192.168." + between(0, 255) + "." + between(1, 254));
    held(
        PersonalKind.CREDENTIALS,
        "secret_key|senha",
        r -> UUID.randomUUID().toString().replace("-", ""));
    held(
        PersonalKind.CREDENTIALS,
        "col2|conn",
        r -> "postgres://app:" + word() + digits(4) + "@db." + domain() + ":5432/main");
  }
}
