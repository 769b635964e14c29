package dev.lakehouse.ingest.classify.kind;

/** What one value looks like. A value may look like several things. */
public enum Signal {
  /** Nothing but an email address, perhaps with a name before it. */
  EMAIL,
  /** With a country's prefix, and possible there. */
  PHONE_INTERNATIONAL,
  /** Written with separators and valid in some country. */
  PHONE_LOCAL,
  /** Bare digits, valid in some country. */
  PHONE_BARE,
  /** Seven to fifteen digits and what stands between them in phone numbers. */
  PHONE_SHAPE,
  /** Seven to fifteen digits with nothing but what phone numbers are written with. */
  PHONE_POSSIBLE,
  /** A number of a person whose check or writing is right; see the schemes. */
  NATIONAL,
  /** Letters and digits as a document's number. */
  DOCUMENT_SHAPE,
  /** A card's length, issuer and Luhn digit. */
  CARD,
  /** A card number of which all but the last digits are covered. */
  CARD_MASKED,
  /** 13 to 19 digits. */
  CARD_SHAPE,
  IBAN,
  IP_4,
  /** An IPv4 address all of whose parts are small, as a version's are. */
  IP_4_SMALL,
  IP_6,
  /** A key, token or salted hash of a known form. */
  SECRET,
  /** Hexadecimal or base64 of a digest's length. */
  DIGEST,
  /** One word without spaces, of at least four characters. */
  WORD_LIKE_PASSWORD,
  /** The same, of three kinds of characters at least. */
  PASSWORD_MIXED,
  DATE,
  TIMESTAMP,
  /** A whole number from 1900 to 2030. */
  YEAR,
  /** A postal code that nothing else looks like. */
  POSTAL,
  /** A postal code by its separator only. */
  POSTAL_SEPARATED,
  /** Could be a postal code. */
  POSTAL_SHAPE,
  /** Street and number. */
  STREET,
  /** A street's name without a number, or words and a number. */
  STREET_WEAK,
  /** A given name and a surname, both known. */
  NAME_FULL,
  /** Two to four name-like words of which one is known. */
  NAME_HALF,
  /** One word that is a known given name. */
  NAME_GIVEN,
  /** One word that is a rare given name, and may well be something else. */
  NAME_RARE,
  /** One word that is a known surname. */
  NAME_SURNAME,
  /** One to four words of letters. */
  NAME_SHAPE,
  ICD,
  /** A diagnosis code's category or more, as many other codes look too. */
  ICD_CATEGORY,
  BLOOD,
  MEDICAL_WORD,
  SALARY_TEXT,
  NUMBER,
  WHOLE_NUMBER,
  MONEY,
  BOOLEAN,
  GUID,
  URL,
  /** Several words, where personal data can stand within. */
  RUNNING_TEXT;

  /** Its bit in a set of signals. */
  @SuppressWarnings("EnumOrdinal") // a set of signals is never kept, so its bits may move
  public long bit() {
    return 1L << ordinal();
  }
}
