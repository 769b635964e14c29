package dev.lakehouse.ingest.classify.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpanFinderTest {
  private static List<String> found(String text) {
    return SpanFinder.find(text).stream()
        .map(span -> span.kind() + " " + text.substring(span.start(), span.end()))
        .toList();
  }

  @Test
  void digitsOfAllScriptsAreDigits() {
    assertThat(found("جوال ٠٥٠١٢٣٤٥٦٧")).containsExactly("PHONE ٠٥٠١٢٣٤٥٦٧");
    assertThat(found("जन्म तिथि १२ मार्च १९८५")).containsExactly("DATE_OF_BIRTH १२ मार्च १९८५");
    assertThat(found("カード４１１１１１１１１１１１１１１１です")).containsExactly("CARD_NUMBER ４１１１１１１１１１１１１１１１");
  }

  @Test
  void aSecretIsFoundBehindItsNameAndBeforeIt() {
    assertThat(found("Passwort: Kirsche!55")).containsExactly("CREDENTIALS Kirsche!55");
    assertThat(found("use BlueHorse!45 as the password"))
        .containsExactly("CREDENTIALS BlueHorse!45");
    assertThat(found("482913 is your verification code")).containsExactly("CREDENTIALS 482913");
  }

  @Test
  void talkOfPasswordsIsNotOne() {
    assertThat(found("a password has at least 12 characters, and a PIN 4 digits")).isEmpty();
    assertThat(found("password: ${DB_PASSWORD} # injected")).isEmpty();
    assertThat(found("password reset page, ticket 48213377")).isEmpty();
  }

  @Test
  void anIbanEndsWhereItsCountrySays() {
    assertThat(found("an NL91 ABNA 0417 1643 00 in the name of the shop"))
        .containsExactly("IBAN NL91 ABNA 0417 1643 00");
    assertThat(found("iban de89370400440532013000")).containsExactly("IBAN de89370400440532013000");
  }

  @Test
  void anIllnessAsASubjectIsNobodys() {
    assertThat(found("the diabetes prediction notebook")).isEmpty();
    assertThat(found("she has diabetes")).containsExactly("MEDICAL diabetes");
  }
}
