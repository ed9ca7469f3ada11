package headroom.load.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.plan.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonValueTest {
  private static final String TEXT =
      "{\"skip\":{\"a\":[1,{\"x\":9}]},\"a\":{\"b"
          + " c\":[10,[\"x\",true],{\"d\":\"é\\n\"}]},\"n\":null}";

  @Test
  void valuesAreFoundWhereverTheyAre() {
    assertThat(find("$.a['b c'][0]")).isEqualTo("10");
    assertThat(find("$.a['b c'][1][1]")).isEqualTo("true");
    assertThat(find("$.a['b c'][2].d")).isEqualTo("é\n");
    assertThat(find("$.a['b c'][1]")).isEqualTo("[\"x\",true]");
    assertThat(find("$.skip.a[1].x")).isEqualTo("9");
  }

  @Test
  void whatIsNotThereIsAbsent() {
    for (String path : new String[] {"$.x", "$.a.x", "$.a['b c'][9]", "$.a[0]", "$.n", "$.n.x"}) {
      assertThat(find(path)).as(path).isNull();
    }
    assertThat(JsonValue.find(bytes("{\"a\": oops"), JsonPath.parse("$.a"))).isNull();
    assertThat(JsonValue.find(bytes(""), JsonPath.parse("$.a"))).isNull();
  }

  @Test
  void severalValuesAreFoundInTheirOrder() {
    String text =
        "{\"items\":[{\"id\":1,\"sub\":{\"id\":7}},{\"id\":null},{\"x\":[]},{\"id\":\"c\"}],\"id\":9}";
    assertThat(all(text, "$.items[*].id")).containsExactly("1", "c");
    assertThat(all(text, "$..id")).containsExactly("1", "7", "c", "9");
    assertThat(all(text, "$.items[0].*")).containsExactly("1", "{\"id\":7}");
    assertThat(all(text, "$.items[1].id")).isEmpty();
    assertThat(all(text, "$.items[3].id")).containsExactly("c");
    assertThat(all("[[1,2],[3]]", "$[*][0]")).containsExactly("1", "3");
    assertThat(all("{\"a\":[1,2", "$.a[*]")).containsExactly("1", "2");
    assertThat(all("", "$.a[*]")).isEmpty();
    assertThat(JsonPath.parse("$.items[*]..id")).hasToString("$.items[*]..id");
  }

  private static List<String> all(String text, String path) {
    return JsonValue.all(bytes(text), bytes(text).length, JsonPath.parse(path));
  }

  private static @Nullable String find(String path) {
    return JsonValue.find(bytes(TEXT), JsonPath.parse(path));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
