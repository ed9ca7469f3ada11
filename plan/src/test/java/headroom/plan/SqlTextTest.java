package headroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.plan.read.PlanParser;
import headroom.plan.yaml.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
  @Test
  void valuesBecomePlacesInTheirOrder() {
    SqlText text =
        SqlText.parse(
            "UPDATE a SET b = ${x}, c = 'it''s $${x} -- no ?' /* ? */ WHERE d = ${y} -- ? end");
    assertThat(text.text())
        .isEqualTo("UPDATE a SET b = ?, c = 'it''s ${x} -- no ?' /* ? */ WHERE d = ? -- ? end");
    assertThat(text.variables()).containsExactly("x", "y");
  }

  @Test
  void dollarQuotesAreQuotes() {
    assertThat(SqlText.parse("SELECT $tag$ a ' ? $$ $tag$, ${x}").variables()).containsExactly("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'user-${x}'",
        "SELECT \"${x}\"",
        "SELECT $$ ${x} $$",
        "SELECT 1 -- ${x}",
        "SELECT /* ${x} */ 1"
      })
  void aValueCannotStandWhereItWouldBeSpliced(String sql) {
    assertThatThrownBy(() -> SqlText.parse(sql))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("${x}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 'a", "SELECT /* a", "SELECT $$ a", "  ", "SELECT ?"})
  void whatCannotRunIsRefused(String sql) {
    assertThatThrownBy(() -> SqlText.parse(sql)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mistakesInAPlanAreToldWithTheirPlaces() {
    assertThatThrownBy(() ->
            PlanParser.parse(
                """
                jdbc: { url: "http://no", conections: 5 }
                journeys:
                  a:
                    - sql: SELECT '${user}'
                    - sql: SELECT ${nobody}
                      expect: { row: 1 }
                      json: {}
                profile: [ steady: { rate: 1/s, for: 1s } ]
                """))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("url must look like jdbc:postgresql")
        .hasMessageContaining("did you mean 'connections'")
        .hasMessageContaining("line 4")
        .hasMessageContaining("bound, not spliced")
        .hasMessageContaining("did you mean 'rows'")
        .hasMessageContaining("json does not go with sql");
  }

  @Test
  void statementsNeedADatabaseAndRequestsAHost() {
    assertThatThrownBy(() ->
            PlanParser.parse(
                """
                target: http://127.0.0.1:1
                journeys: { a: [ sql: SELECT 1 ] }
                profile: [ steady: { rate: 1/s, for: 1s } ]
                """))
        .hasMessageContaining("needs 'jdbc'");
    assertThatThrownBy(() ->
            PlanParser.parse(
                """
                jdbc: { url: "jdbc:postgresql://127.0.0.1:1/a" }
                journeys: { a: [ get: / ] }
                profile: [ steady: { rate: 1/s, for: 1s } ]
                """))
        .hasMessageContaining("target must look like");
  }

  @Test
  void aPasswordIsNotShown() {
    Database database =
        new Database(
            "jdbc:postgresql://u:secret@h:1/a?password=secret",
            java.util.Optional.empty(),
            java.util.Optional.of("secret"),
            1);
    assertThat(database.shownUrl()).isEqualTo("jdbc:postgresql://h:1/a");
    assertThat(database.toString() + database.target()).doesNotContain("secret");
  }
}
