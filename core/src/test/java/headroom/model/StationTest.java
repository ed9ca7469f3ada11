package headroom.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class StationTest {
  private static final String[] PIECES = {
    "/",
    "%",
    "%2F",
    "%25",
    "2F",
    "",
    " ",
    "pool",
    "cpu",
    "/cpu/",
    "objective",
    "wallet",
    "ä",
    "票",
    "\uD83D\uDE80"
  };

  @Test
  void ordinaryNamesReadAsTheyAre() {
    assertThat(new Station("wallet", StationKind.POOL, "ledger").text())
        .isEqualTo("wallet/pool/ledger");
    assertThat(new Station("postgres", StationKind.CPU, "").text()).isEqualTo("postgres/cpu");
    assertThat(new Station("", StationKind.OBJECTIVE, "").text()).isEqualTo("objective");
    assertThat(new Station("shop/checkout", StationKind.QUEUE, "orders eu/west").text())
        .isEqualTo("shop%2Fcheckout/queue/orders eu/west");
  }

  @Test
  void everyStationComesBackFromItsText() {
    long seed = 7;
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      StationKind[] kinds = StationKind.values();
      var station = new Station(name(random), kinds[random.nextInt(kinds.length)], name(random));
      assertThat(Station.parse(station.text())).as("seed %d, run %d", seed, i).contains(station);
    }
  }

  private static String name(SplittableRandom random) {
    var name = new StringBuilder();
    for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
      name.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return name.toString();
  }

  @Test
  void aServiceWithPlainSlashesIsUnderstoodAsPeopleWriteIt() {
    assertThat(Station.parse("shop/checkout/pool/main"))
        .contains(new Station("shop/checkout", StationKind.POOL, "main"));
    assertThat(Station.parse("100%/pool/main"))
        .contains(new Station("100%", StationKind.POOL, "main"));
    assertThat(Station.parse("shop/pool/")).contains(new Station("shop", StationKind.POOL, ""));
  }

  @Test
  void whatNamesNoKindIsNoStation() {
    assertThat(Station.parse("nonsense")).isEmpty();
    assertThat(Station.parse("shop/engine/main")).isEmpty();
    assertThat(Station.parse("")).isEmpty();
  }

  @Test
  void aPartitionIsToldByTheSeriesOfItsDetail() {
    var partition = new Station("shop", StationKind.PARTITION, Station.part("orders", "3"));
    assertThat(partition.text()).isEqualTo("shop/partition/orders/3");
    assertThat(Station.parse(partition.text())).contains(partition);
    assertThat(partition.isToldBy(key("shop", "orders", "3"))).isTrue();
    assertThat(partition.isToldBy(key("shop", "orders", "4"))).isFalse();
    assertThat(partition.isToldBy(key("other", "orders", "3"))).isFalse();
  }

  private static SeriesKey key(String service, String subject, String detail) {
    return new SeriesKey(Measure.QUEUE_PROCESS, service, "i", subject, detail);
  }
}
