package dev.lakehouse.ingest.classify.evidence;

import dev.lakehouse.schemas.event.PersonalKind;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/**
 * Columns of many locales with the kind each should be found to be, the same at every run. Each
 * format comes with telling names and with names that say nothing, in several lengths, with and
 * without dirt.
 */
final class LabelledColumns {
  private static final int[] SIZES = {6, 20, 120};

  private final Random random = new Random(20260101);
  private final List<LabelledColumn> columns = new ArrayList<>();

  static List<LabelledColumn> all() {
    LabelledColumns set = new LabelledColumns();
    set.personal();
    set.heldOut();
    set.falseFriends();
    return set.columns;
  }

  private void add(PersonalKind kind, boolean held, String names, Function<Random, String> value) {
    for (String name : names.split("\\|", -1)) {
      for (int size : SIZES) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          boolean dirty = size > 6 && random.nextInt(14) == 0;
          values.add(dirty ? pick("", "N/A", "-", "unknown") : value.apply(random));
        }
        columns.add(new LabelledColumn(name, kind, held, values));
      }
    }
  }

  private void yes(PersonalKind kind, String names, Function<Random, String> value) {
    add(kind, false, names, value);
  }

  private void held(PersonalKind kind, String names, Function<Random, String> value) {
    add(kind, true, names, value);
  }

  private void no(String names, Function<Random, String> value) {
    add(PersonalKind.NONE, false, names, value);
  }

  private void noHeld(String names, Function<Random, String> value) {
    add(PersonalKind.NONE, true, names, value);
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }

  private String digits(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(random.nextInt(10));
    }
    return text.toString();
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** The pattern with # as a digit, @ as a capital, % as a digit from 2 to 9. */
  private String form(String pattern) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      text.append(
          switch (c) {
            case '#' -> String.valueOf(random.nextInt(10));
            case '%' -> String.valueOf(between(2, 9));
            case '@' -> String.valueOf((char) ('A' + random.nextInt(26)));
            default -> String.valueOf(c);
          });
    }
    return text.toString();
  }

  private String luhn(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = body.charAt(body.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? digit * 2 / 10 + digit * 2 % 10 : digit;
    }
    return body + (10 - sum % 10) % 10;
  }

  private String iban(String country, int length) {
    String body = digits(length - 4);
    StringBuilder number = new StringBuilder(body);
    for (int i = 0; i < country.length(); i++) {
      number.append(country.charAt(i) - 'A' + 10);
    }
    int rest =
        98
            - new java.math.BigInteger(number + "00")
                .mod(java.math.BigInteger.valueOf(97))
                .intValue();
    return country + String.format(Locale.ROOT, "%02d", rest) + body;
  }

  private LocalDate day(int first, int last) {
    return LocalDate.of(between(first, last), between(1, 12), between(1, 28));
  }

  private String date(String pattern, int first, int last) {
    return day(first, last).format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
  }

  private String given() {
    return pick(
        "Emma",
        "Liam",
        "Olivia",
        "Noah",
        "Klaus",
        "Sabine",
        "Jürgen",
        "Chantal",
        "Pierre",
        "José",
        "María",
        "Giulia",
        "Lorenzo",
        "Sven",
        "Ingrid",
        "Agnieszka",
        "Piotr",
        "Dmitri",
        "Fatima",
        "Mohammed",
        "Priya",
        "Rahul",
        "Wei",
        "Hiroshi",
        "Yuki",
        "Chidi",
        "Thandi",
        "Zoltán",
        "Ana",
        "Matheus",
        "Nguyen",
        "Siobhan",
        "Eilidh",
        "Håkan",
        "Søren",
        "Margaret",
        "Dennis",
        "Tracy");
  }

  private String surname() {
    return pick(
        "Smith",
        "Jones",
        "Nguyen",
        "Müller",
        "Schneider",
        "Dubois",
        "Lefebvre",
        "García",
        "López",
        "Rossi",
        "Esposito",
        "Andersson",
        "Hansen",
        "Kowalski",
        "Nowak",
        "Ivanov",
        "Khan",
        "Hussein",
        "Sharma",
        "Patel",
        "Wang",
        "Tanaka",
        "Okafor",
        "Nkosi",
        "Nagy",
        "Silva",
        "Ferreira",
        "O'Brien",
        "MacDonald",
        "Lindqvist",
        "Thompson",
        "Baker",
        "Petrov",
        "Kowalczyk",
        "Yılmaz");
  }

  private String word() {
    return pick(
        "alpha", "blue", "harbor", "cedar", "metal", "widget", "panel", "bolt", "green", "urban",
        "solar", "vector", "copper", "matrix", "cotton", "velvet", "nylon", "signal", "orbit");
  }

  private String domain() {
    return word()
        + pick("mail", "net", "corp", "")
        + pick(".com", ".org", ".de", ".co.uk", ".fr", ".io");
  }

  private void personal() {
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

  private void heldOut() {
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

  private void falseFriends() {
    no("year|c7|model_year", r -> "" + between(1950, 2024));
    no("order_number|order_id|c7", r -> "ORD-" + digits(7));
    no("order_no|order_id", r -> digits(10));
    no("version|app_version|c7", r -> between(0, 9) + "." + between(0, 20) + "." + between(0, 30));
    no(
        "version|build",
        r -> between(1, 12) + "." + between(0, 9) + "." + between(0, 9) + "." + between(0, 20));
    no("id|guid|c7", r -> UUID.randomUUID().toString());
    no("latitude|lat|c7", r -> between(-89, 89) + "." + digits(6));
    no(
        "coordinates|c7",
        r -> between(-89, 89) + "." + digits(5) + "," + between(-179, 179) + "." + digits(5));
    no("created_at|timestamp|updated", r -> day(2018, 2024) + "T" + form("1#:3#:2#") + "Z");
    no("order_date|release_date|hire_date", r -> day(2001, 2024).toString());
    no("epoch|ts|c7", r -> "1" + between(500, 699) + digits(6));
    no("event_time_ms|c7", r -> "1" + between(500, 699) + digits(9));
    no("email_verified|is_email_valid|has_phone|phone_verified", r -> pick("true", "false"));
    no("email_count|phone_calls|address_count", r -> "" + between(0, 40));
    no("cvv|cvc|security_code_len", r -> digits(3));
    no("sku|product_code|c7", r -> form("@@-####-@"));
    no("price|amount|total|c7", r -> between(1, 900) + "." + digits(2));
    no("discount_pct|percent|c7", r -> between(0, 100) + "%");
    no("isbn|c7", r -> "978-3-16-" + digits(6) + "-" + digits(1));
    no(
        "sha256|checksum|file_hash|etag|c7",
        r ->
            UUID.randomUUID().toString().replace("-", "")
                + UUID.randomUUID().toString().replace("-", ""));
    no("country_code|c7", r -> pick("US", "DE", "FR", "GB", "BR", "IN", "CN"));
    no(
        "country|nation",
        r -> pick("Germany", "France", "Brazil", "India", "Japan", "Kenya", "Peru"));
    no(
        "city|c7|ort",
        r ->
            pick(
                "Springfield",
                "Hamburg",
                "Lyon",
                "Osaka",
                "Nairobi",
                "Porto",
                "Leeds",
                "Turin",
                "Gdańsk",
                "Phoenix",
                "Denver",
                "Tulsa"));
    no(
        "company|employer|c7",
        r ->
            word().toUpperCase(Locale.ROOT)
                + " "
                + pick("Inc.", "GmbH", "Ltd", "Systems", "Holding"));
    no("status|c7", r -> pick("active", "inactive", "pending", "closed"));
    no("grade|c7", r -> pick("A+", "A", "B-", "C", "D+", "B", "F"));
    no("quantity|c7|stock", r -> "" + between(0, 500));
    no(
        "description|comment|c7",
        r ->
            pick(
                    "Fits well",
                    "The cable is too short for the new desk",
                    "Arrived late but works",
                    "Would buy again")
                + " "
                + word());
    no("color|weather|c7", r -> pick("red", "sunny", "rain", "fog", "snow", "blue"));
    no("url|link|c7", r -> "https://www." + domain() + "/" + word());
    no("ip_version|phone_model", r -> pick("Galaxy S9", "Pixel 7", "iPhone 12", "Xperia"));
    no("payment_method|card_type|salary_currency", r -> pick("Visa", "cash", "EUR", "wire"));
    no("invoice_no|c7", r -> form("20##-00####"));
    no("mac|c7", r -> form("0#:1#:2#:3#:4#:5#"));
    no(
        "zodiac",
        r -> pick("Aries", "Taurus", "Gemini", "Cancer", "Leo", "Virgo", "Libra", "Pisces"));
    no("product_name|item", r -> word() + " " + word() + " " + between(10, 99));
    noHeld("tracking_number", r -> "1Z " + form("@## ### ## #### ### #"));
    noHeld("duration|col2", r -> form("0#:#5:3#"));
    noHeld("flight|col2", r -> pick("LH", "BA", "UA") + between(100, 9999));
    noHeld("seat|col2", r -> between(1, 40) + pick("A", "B", "C", "F"));
    noHeld("imei|serial", r -> digits(15));
    noHeld("weight_kg|temperature|humidity", r -> between(10, 90) + "." + digits(1));
    noHeld("mime_type|col2", r -> pick("text/html", "image/png", "application/json"));
    noHeld(
        "species|animal",
        r -> pick("Turkey vulture", "Canada goose", "Herring gull", "Red fox", "Brown bear"));
    noHeld(
        "department|job_title",
        r ->
            pick(
                "Engineering",
                "Sales Manager",
                "Human Resources",
                "Analyst",
                "Nurse practitioner",
                "Marketing"));
    noHeld("population|votes|gross", r -> "" + between(1000, 9_000_000));
    noHeld("log_level|col2", r -> pick("INFO", "WARN", "ERROR", "DEBUG"));
    noHeld("hex_color|col2", r -> "#" + form("A#F##C"));
    noHeld("language|locale", r -> pick("en-US", "de-DE", "fr", "pt-BR"));
    noHeld("bank_name|card_brand", r -> pick("Deutsche Bank", "Visa", "Mastercard", "BNP Paribas"));
    noHeld(
        "movie|title",
        r ->
            pick(
                "The Long Night",
                "Blue Harbor",
                "Return of the Signal",
                "City of Glass",
                "20,000 Leagues Deep"));
    noHeld("row_id|num|seq", r -> "" + between(1, 5_000_000));
    noHeld("git_commit|revision", r -> UUID.randomUUID().toString().replace("-", "") + digits(8));
    noHeld("phone_type|address_type|email_domain", r -> pick("home", "work", "other", "gmail.com"));
    noHeld(
        "airport|station",
        r ->
            pick(
                "Livingston Municipal",
                "Bay Springs",
                "Jackson Field",
                "Mesa Regional",
                "Orchard Park",
                "Madison County"));
  }
}
