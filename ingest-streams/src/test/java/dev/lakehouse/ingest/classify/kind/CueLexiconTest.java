package dev.lakehouse.ingest.classify.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CueLexiconTest {
  private static List<String> found(String text) {
    return CueLexicon.find(FoldedText.of(text)).stream()
        .map(hit -> hit.cue() + " " + text.substring(hit.start(), hit.end()))
        .toList();
  }

  @Test
  void caseAndAccentsDoNotMatter() {
    assertThat(found("CONTRASEÑA")).containsExactly("PASSWORD CONTRASEÑA");
    assertThat(found("mot-de-passe")).containsExactly("PASSWORD mot-de-passe");
  }

  @Test
  void theLongestPhraseOfAPlaceIsTaken() {
    assertThat(found("date of birth")).containsExactly("BORN date of birth");
    assertThat(found("银行卡密码")).containsExactly("PIN 银行卡密码");
  }

  @Test
  void wordsMayBePartsOfLongerOnesWhereThePhraseSaysSo() {
    assertThat(found("Zugangspasswort")).containsExactly("PASSWORD passwort");
    assertThat(found("DB_PASSWORD userPassword"))
        .containsExactly("PASSWORD PASSWORD", "PASSWORD Password");
    assertThat(found("spinning")).isEmpty();
  }

  @Test
  void accentsMatterWhereAWordWithoutThemIsAnother() {
    assertThat(found("née le")).containsExactly("BORN née le");
    assertThat(found("il ne viendra pas")).isEmpty();
  }

  @Test
  void particlesMayBeJoinedToAWord() {
    assertThat(found("וסרטן השד")).containsExactly("ILLNESS סרטן השד");
    assertThat(found("비밀번호는")).containsExactly("PASSWORD 비밀번호");
  }

  @Test
  void shortPhrasesAreNoneWithinKeys() {
    assertThat(found("uR2R2vIkBvshyQFABhtx")).isEmpty();
  }

  @Test
  void whatOnlyLooksLikeAPhraseIsNone() {
    assertThat(found("password policy")).containsExactly("NOTHING password policy");
    assertThat(found("promo code")).containsExactly("NOTHING promo code");
  }
}
