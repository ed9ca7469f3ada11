package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.load.journey.JsonPath;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonValueTest {
  private static final String TEXT =
      "{\"skip\":{\"a\":[1,{\"x\":9}]},\"a\":{\"b c\":[10,[\"x\",true],{\"d\":\"é\\n\"}]},\"n\":null}";

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

  private static @Nullable String find(String path) {
    return JsonValue.find(bytes(TEXT), JsonPath.parse(path));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
