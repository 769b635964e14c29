package dev.lakehouse.ingest.classify.evidence;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Personal columns in the formats that the rules were made with. */
final class PersonalColumns extends MadeColumns {
  PersonalColumns(Random random, List<LabelledColumn> columns) {
    super(random, columns);
  }

  @Override
  void make() {
    yes(
        PersonalKind.EMAIL,
        "email|E-Mail-Adresse|correo_electronico|userEmail|c7|kontakt|field_3",
        r ->
            given().toLowerCase(Locale.ROOT)
                + pick(".", "_", "")
                + word()
                + between(1, 99)
                + "@"
                + domain());
    yes(PersonalKind.EMAIL, "contact|c7", r -> given() + " <" + word() + "@" + domain() + ">");
    yes(PersonalKind.PHONE, "phone|Telefonnummer|tel_no|c7", r -> form("+49 1## #######"));
    yes(PersonalKind.PHONE, "mobile_phone|c7|contact", r -> form("(212) 555-####"));
    yes(PersonalKind.PHONE, "PhoneNumber|c7", r -> form("%12-%55-####"));
    yes(PersonalKind.PHONE, "telefono|c7", r -> form("+34 6## ### ###"));
    yes(PersonalKind.PHONE, "téléphone|c7", r -> form("06 ## ## ## ##"));
    yes(PersonalKind.PHONE, "mobile|phone_number", r -> form("98########"));
    yes(PersonalKind.PHONE, "handy|c7", r -> form("+1-%12-%55-####"));
    yes(PersonalKind.PHONE, "电话|phone", r -> form("138########"));
    yes(
        PersonalKind.NATIONAL_ID,
        "ssn|social_security_number|c7|tax_id",
        r -> between(100, 665) + "-" + form("%%-%###"));
    yes(PersonalKind.NATIONAL_ID, "SSN|socialSecurity", r -> between(100, 665) + form("%%%###"));
    yes(
        PersonalKind.NATIONAL_ID,
        "ni_number|c7",
        r -> pick("AB", "CE", "JK", "SX", "TW") + form(" ## ## ## ") + pick("A", "B", "C", "D"));
    yes(
        PersonalKind.NATIONAL_ID,
        "dni|c7|documento",
        r -> {
          int number = between(10_000_000, 99_999_999);
          return number + "" + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23);
        });
    yes(PersonalKind.NATIONAL_ID, "cpf|c7", r -> form("###.###.###-##"));
    yes(
        PersonalKind.NATIONAL_ID,
        "codice_fiscale|c7",
        r -> form("@@@@@@##") + pick("A", "C", "E", "T") + form("##@###@"));
    yes(PersonalKind.NATIONAL_ID, "pan_number|c7", r -> form("@@@P@####@"));
    yes(PersonalKind.NATIONAL_ID, "passport_number|PassportNo|reisepass", r -> form("@########"));
    yes(
        PersonalKind.NATIONAL_ID,
        "drivers_license|driver_licence_number",
        r -> form("@###-####-####"));
    yes(
        PersonalKind.NATIONAL_ID,
        "nir|c7|numero_securite_sociale",
        r -> {
          String body =
              pick("1", "2")
                  + form("8#")
                  + String.format(Locale.ROOT, "%02d", between(1, 12))
                  + form("75%%%###");
          long rest = 97 - Long.parseLong(body) % 97;
          return body + String.format(Locale.ROOT, "%02d", rest);
        });
    yes(
        PersonalKind.CARD_NUMBER,
        "card_number|CreditCard|c7|kreditkarte",
        r -> luhn("4" + digits(14)));
    yes(
        PersonalKind.CARD_NUMBER,
        "ccnum|c7",
        r -> luhn("5" + between(1, 5) + digits(13)).replaceAll("(.{4})(?=.)", "$1 "));
    yes(PersonalKind.CARD_NUMBER, "payment_card|c7", r -> luhn("37" + digits(12)));
    yes(PersonalKind.IBAN, "iban|c7|account|Kontonummer", r -> iban("DE", 22));
    yes(
        PersonalKind.IBAN,
        "IBAN|c7",
        r -> iban(pick("FR", "IT"), 27).replaceAll("(.{4})(?=.)", "$1 "));
    yes(
        PersonalKind.SALARY,
        "salary|annual_income|gehalt|BaseSalary|salario_mensual|wage",
        r -> "" + between(20, 250) * 500);
    yes(PersonalKind.SALARY, "salary|compensation", r -> "$" + between(30, 190) + ",000");
    yes(PersonalKind.SALARY, "c7|pay", r -> "€" + between(30, 99) + ",000 per year");
    yes(
        PersonalKind.ADDRESS,
        "address|street_address|c7|home_address|Anschrift",
        r ->
            between(1, 9999)
                + " "
                + pick("Maple", "Oak", "Washington", "2nd", "Lake View")
                + " "
                + pick("St", "Avenue", "Rd.", "Blvd", "Lane"));
    yes(
        PersonalKind.ADDRESS,
        "adresse|c7|strasse",
        r ->
            pick("Haupt", "Bahnhof", "Goethe", "Linden")
                + pick("straße ", "str. ", "weg ", "allee ")
                + between(1, 150));
    yes(
        PersonalKind.ADDRESS,
        "adresse|c7",
        r ->
            between(1, 150)
                + " "
                + pick("rue de la République", "avenue Victor Hugo", "boulevard Voltaire"));
    yes(
        PersonalKind.ADDRESS,
        "direccion|c7",
        r -> pick("Calle Mayor ", "Avenida de América ", "Plaza España ") + between(1, 99));
    yes(
        PersonalKind.ADDRESS,
        "住所",
        r -> pick("東京都新宿区西新宿", "大阪府大阪市北区梅田") + between(1, 9) + "丁目" + between(1, 20));
    yes(PersonalKind.POSTAL_CODE, "zip|zip_code|PLZ|postal_code|codigo_postal", r -> digits(5));
    yes(
        PersonalKind.POSTAL_CODE,
        "postcode|c7",
        r -> pick("SW1A", "M1", "EC1V", "LS6", "B33") + form(" %") + pick("AA", "BD", "NP", "TQ"));
    yes(
        PersonalKind.POSTAL_CODE,
        "postal|c7",
        r ->
            pick("K1A ", "M5V ", "H2X ", "V6B ")
                + between(1, 9)
                + pick("B", "K", "T")
                + between(1, 9));
    yes(PersonalKind.POSTAL_CODE, "zip4|zip_plus_4|zipcode", r -> form("%####-####"));
    yes(
        PersonalKind.MEDICAL,
        "diagnosis|diagnose|c7",
        r ->
            pick(
                "Type 2 diabetes",
                "Hypertension",
                "Asthma",
                "Migraine",
                "Major depressive disorder",
                "Pneumonia",
                "Osteoarthritis",
                "Anemia"));
    yes(
        PersonalKind.MEDICAL,
        "icd10|diagnosis_code|c7",
        r -> pick("E11.9", "I10.0", "J45.909", "F32.1", "M54.5", "K21.9", "S72.001A", "Z00.00"));
    yes(
        PersonalKind.MEDICAL,
        "blood_type|Blutgruppe|c7",
        r -> pick("A+", "A-", "B+", "AB-", "O+", "O-", "AB+"));
    yes(
        PersonalKind.MEDICAL,
        "medication|prescription|medicamento",
        r ->
            pick(
                "Metformin 500mg",
                "Lisinopril 10 mg",
                "Atorvastatin",
                "Ibuprofen 400 mg",
                "Sertraline"));
    yes(
        PersonalKind.PERSON_NAME,
        "name|full_name|customer_name|c7|Kunde",
        r -> given() + " " + surname());
    yes(PersonalKind.PERSON_NAME, "first_name|vorname|GivenName|c7|prenom", r -> given());
    yes(PersonalKind.PERSON_NAME, "last_name|surname|Nachname|apellidos|cognome", r -> surname());
    yes(PersonalKind.PERSON_NAME, "employee|c7", r -> surname() + ", " + given());
    yes(
        PersonalKind.PERSON_NAME,
        "doctor|c7",
        r -> pick("Dr. ", "Mr. ", "Mrs ") + given() + " " + surname());
    yes(
        PersonalKind.PERSON_NAME,
        "姓名|c7",
        r -> pick("王", "李", "张", "刘", "陈") + pick("伟", "芳", "秀英", "建国", "小明"));
    yes(
        PersonalKind.DATE_OF_BIRTH,
        "dob|date_of_birth|Geburtsdatum|birthDate|fecha_nacimiento",
        r -> date("yyyy-MM-dd", 1935, 2008));
    yes(
        PersonalKind.DATE_OF_BIRTH,
        "birthday|naissance",
        r -> date(pick("dd.MM.yyyy", "dd/MM/yyyy"), 1935, 2008));
    yes(PersonalKind.DATE_OF_BIRTH, "birth_year|yob", r -> "" + between(1935, 2008));
    yes(
        PersonalKind.IP_ADDRESS,
        "ip|client_ip|c7|remote_addr",
        r ->
            between(11, 223)
                + "."
                + between(0, 255)
                + "."
                + between(0, 255)
                + "."
                + between(1, 254));
    yes(
        PersonalKind.IP_ADDRESS,
        "ipv6|c7",
        r ->
            "2001:db8:"
                + Integer.toHexString(between(1, 65535))
                + "::"
                + Integer.toHexString(between(1, 65535)));
    yes(
        PersonalKind.CREDENTIALS,
        "password|passwort|user_password|mot_de_passe|contraseña",
        r -> word() + pick("!", "#", "_") + digits(3) + "Xy");
    yes(
        PersonalKind.CREDENTIALS,
        "password_hash|c7",
        r -> "$2b$12$" + UUID.randomUUID().toString().replace("-", "") + digits(21));
    yes(
        PersonalKind.CREDENTIALS,
        "api_key|access_token|c7",
        r -> "sk_live_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24));
    yes(
        PersonalKind.CREDENTIALS,
        "jwt|c7",
        r ->
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI"
                + digits(9)
                + "."
                + UUID.randomUUID().toString().replace("-", ""));
  }
}
