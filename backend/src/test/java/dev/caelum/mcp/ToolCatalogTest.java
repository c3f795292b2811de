package dev.caelum.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.mcp.LanServices.Place;
import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import dev.caelum.service.Spoken;
import dev.caelum.service.Tool;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToolCatalogTest {
  @Test
  void aToolIsNamedByItsMachine() {
    assertThat(named(place("k1", "Beta", 8105, "search"))).containsOnlyKeys("beta__search");
  }

  @Test
  void aToolOfSeveralMachinesHasItsPlainNameToo() {
    Map<String, ToolCatalog.Entry> named =
        named(place("k1", "beta", 8105, "search"), place("k2", "gamma", 8105, "search"));
    assertThat(named).containsOnlyKeys("beta__search", "gamma__search", "search");
    ToolCatalog.Entry plain = Objects.requireNonNull(named.get("search"));
    assertThat(plain.places()).extracting(Place::key).containsExactly("k1", "k2");
    assertThat(plain.description()).contains("least busy of: beta, gamma");
  }

  @Test
  void theSameToolTwiceOnOneMachineIsToldApartByItsService() {
    assertThat(named(place("k1", "beta", 8105, "search"), place("k1", "beta", 8106, "search")))
        .containsOnlyKeys("beta__search", "beta__service-8106__search");
  }

  @Test
  void machinesOfOneNameAreToldApart() {
    Map<String, ToolCatalog.Entry> named =
        named(place("k1", "beta", 8105, "search"), place("k2", "beta", 8105, "search"));
    assertThat(named).containsOnlyKeys("beta__search", "beta__service-8105__search", "search");
  }

  @Test
  void namesFitEveryClient() {
    Map<String, ToolCatalog.Entry> named =
        named(place("k1", "büro 2.lan", 8105, "such/e", "x".repeat(100)));
    assertThat(named.keySet()).allMatch(name -> name.matches("[A-Za-z0-9_-]{1,64}"));
    assertThat(named).containsKey("b-ro-2-lan__such-e").hasSize(2);
  }

  @Test
  void namesInUseStay() {
    Place beta = place("k1", "beta", 8105, "ports");
    Place gamma = place("k2", "gamma", 8105, "ports");
    assertThat(ToolCatalog.of(List.of(beta, gamma), Set.of("ports")))
        .containsOnlyKeys("beta__ports", "gamma__ports");
  }

  @Test
  void thereIsAnEndToHowManyAreOffered() {
    String[] tools = IntStream.range(0, 250).mapToObj(i -> "t" + i).toArray(String[]::new);
    Place[] places =
        IntStream.range(0, 10)
            .mapToObj(i -> place("k" + i, "m" + i, 8105, tools))
            .toArray(Place[]::new);
    assertThat(named(places)).hasSize(ToolCatalog.MAX);
  }

  private static Map<String, ToolCatalog.Entry> named(Place... places) {
    return ToolCatalog.of(List.of(places), Set.of());
  }

  private static Place place(String key, String machine, int port, String... tools) {
    List<Tool> all =
        Arrays.stream(tools).map(name -> new Tool(name, "Does it.", Tool.ANY)).toList();
    Spoken spoken = new Spoken("sse", "s", "1", 1, all, 0);
    return new Place(
        key,
        machine,
        new Service(port, "service-" + port, ServiceState.READY, "", null, spoken, false, 0),
        10);
  }
}
