package dev.lakehouse.query.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuckTypesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BIGINT|bigint",
        "DECIMAL(10,2)|decimal(10,2)",
        "TIMESTAMP WITH TIME ZONE|timestamptz",
        "HUGEINT|decimal(38,0)",
        "BLOB|binary",
        "FLOAT|real",
        "BIGINT[]|list(bigint)",
        "STRUCT(a INTEGER, \"b, c\" DECIMAL(4,1)[])|struct(a integer,\"b, c\" list(decimal(4,1)))",
        "MAP(VARCHAR, STRUCT(x DOUBLE))|map(varchar,struct(x double))",
      })
  void names(String duck, String name) {
    assertThat(DuckTypes.name(duck)).isEqualTo(name);
  }
}
