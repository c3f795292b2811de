package dev.caelum.ui.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.fake.FakeJson;
import dev.caelum.ui.fake.FakeNode;
import dev.caelum.ui.state.Dashboard;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table of all machines and what is done with one, from what a node on a socket told. */
@ViewPackages(classes = MachinesView.class)
final class MachinesViewTest extends BrowserlessTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeNode node;
  private final Dashboard dashboard;

  MachinesViewTest() throws IOException {
    node = new FakeNode(0);
    dashboard = new Dashboard(http, node.address());
    TestedApplication.shows(dashboard);
  }

  @AfterEach
  void close() {
    dashboard.close();
    node.close();
    http.shutdownNow();
  }

  private void show() throws Exception {
    List<JsonObject> machines =
        List.of(
            FakeJson.self(),
            FakeJson.machine("beta", "192.168.1.11", "alive", true)
                .add("label", "Lab 2")
                .add("tags", Json.createArrayBuilder().add("gpu"))
                .add("note", "=1+1 \"x\"")
                .build(),
            FakeJson.machine("dora", "192.168.1.13", "dead", false).build(),
            FakeJson.machine("zeta", "192.168.1.12", "dead", false).add("ignored", true).build());
    node.snapshot(FakeJson.snapshot(machines));
    CountDownLatch shown = new CountDownLatch(1);
    dashboard.watch(view -> {
      if (view.known()) {
        shown.countDown();
      }
    });
    dashboard.start();
    assertThat(shown.await(30, TimeUnit.SECONDS)).isTrue();
    navigate(MachinesView.class);
    find(MachinesView.class).single().show(dashboard.view());
  }

  @Test
  void ignoredMachinesAreAGroupOfTheirOwnAndLast() throws Exception {
    show();
    assertThat(rows()).containsExactly("dora", "alpha", "beta", "zeta");
    state().setValue(MachineFilter.DEAD);
    assertThat(rows()).containsExactly("dora");
    state().setValue(MachineFilter.IGNORED);
    assertThat(rows()).containsExactly("zeta");
  }

  @Test
  void aNameOfOnesOwnAndATagAreFound() throws Exception {
    show();
    for (String word : List.of("lab 2", "gpu", "192.168.1.11")) {
      ((TextField) byId("machines-search")).setValue(word);
      assertThat(rows()).containsExactly("beta");
    }
  }

  @Test
  void aFileNamesWhatIsFoundAndHoldsNoFormula() throws Exception {
    show();
    List<Machine> all = dashboard.view().machines();
    String[] lines = MachineExport.csv(all).split("\r\n", -1);
    assertThat(lines).hasSize(6);
    assertThat(lines[0]).startsWith("key,id,hostname,own_name,state");
    assertThat(MachineExport.csv(all)).contains(",Lab 2,").contains("\"'=1+1 \"\"x\"\"\"");
    assertThat(MachineExport.json(all)).contains("\"own_name\":\"Lab 2\"");
  }

  @Test
  void tagsAreWhatStandsBetweenCommas() {
    assertThat(MachineActions.tags(" gpu,,x , gpu")).containsExactly("gpu", "x");
  }

  private Select<MachineFilter> state() {
    @SuppressWarnings("unchecked") // the view made it
    Select<MachineFilter> select = (Select<MachineFilter>) byId("machines-state");
    return select;
  }

  private List<String> rows() {
    @SuppressWarnings("unchecked") // the view made it
    Grid<Machine> grid = (Grid<Machine>) byId("all-machines");
    return grid.getListDataView().getItems().map(Machine::hostname).toList();
  }

  private Component byId(String testId) {
    return all(find(MachinesView.class).single().getElement())
        .filter(element -> testId.equals(element.getAttribute("data-testid")))
        .findFirst()
        .flatMap(Element::getComponent)
        .orElseThrow(() -> new AssertionError("nothing has the test id " + testId));
  }

  private static Stream<Element> all(Element element) {
    return Stream.concat(Stream.of(element), element.getChildren().flatMap(MachinesViewTest::all));
  }
}
