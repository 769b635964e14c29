package dev.lakehouse.ingest.classify.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples that the issuing authorities or encyclopaedias publish, none of a living person. */
class NationalIdsTest {
  @ParameterizedTest
  @CsvSource({
    "us-ssn, 078-05-1120",
    "ca-sin, 130-692-544",
    "gb-nino, AB 12 34 56 C",
    "gb-nhs, 943 476 5919",
    "de-steuer-id, 86095742719",
    "es-dni, 12345678Z",
    "es-nie, X1234567L",
    "it-codice-fiscale, RSSMRA85T10A562S",
    "nl-bsn, 111222333",
    "be-rrn, 85.07.30-033.28",
    "ch-ahv, 756.9217.0769.85",
    "ie-pps, 1234567T",
    "se-personnummer, 811228-9874",
    "fi-hetu, 131052-308T",
    "dk-cpr, 070761-4285",
    "is-kennitala, 120174-3399",
    "ee-isikukood, 37605030299",
    "pl-pesel, 44051401359",
    "bg-egn, 7523169263",
    "hr-oib, 33392005961",
    "rs-jmbg, 0101006500006",
    "tr-tckn, 10000000146",
    "ru-snils, 112-233-445 95",
    "ru-inn, 500100732259",
    "br-cpf, 529.982.247-25",
    "br-cpf-bare, 52998224725",
    "cl-rut-bare, 12345678-5",
    "mx-curp, HEGG560427MVZRRL04",
    "in-pan, ABCPE1234F",
    "in-aadhaar, 2341 2341 2346",
    "cn-ric, 11010519491231002X",
    "tw-id, A123456789",
    "sg-nric, S1234567D",
    "za-id, 8001015009087",
    "au-tfn, 123 456 782",
  })
  void publishedExamplesCheck(String scheme, String value) {
    List<String> found = NationalIds.of(value).stream().map(NationalId::name).toList();
    assertThat(found).contains(scheme);
  }

  @ParameterizedTest
  @CsvSource({
    "us-ssn, 000-12-3456",
    "us-ssn, 666-12-3456",
    "pl-pesel, 44051401358",
    "br-cpf-bare, 52998224724",
    "es-dni, 12345678A",
    "nl-bsn, 111222334",
    "cn-ric, 110105194912310021",
    "se-personnummer, 811228-9873",
    "in-aadhaar, 2341 2341 2347",
  })
  void aWrongCheckDigitDoesNot(String scheme, String value) {
    List<String> found = NationalIds.of(value).stream().map(NationalId::name).toList();
    assertThat(found).doesNotContain(scheme);
  }
}
