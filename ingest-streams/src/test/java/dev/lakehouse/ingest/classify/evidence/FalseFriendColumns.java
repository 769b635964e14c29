package dev.lakehouse.ingest.classify.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Columns that look personal and are not. */
final class FalseFriendColumns extends MadeColumns {
  FalseFriendColumns(Random random, List<LabelledColumn> columns) {
    super(random, columns);
  }

  @Override
  void make() {
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
