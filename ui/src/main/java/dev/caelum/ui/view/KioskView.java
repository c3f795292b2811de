package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.caelum.ui.state.ClusterView;
import java.util.EnumMap;
import java.util.Map;

/** The cluster on a wall: nothing to press but the way out. */
@Route(value = "kiosk", layout = MainLayout.class)
@JavaScript("context://caelum-kiosk.js")
public final class KioskView extends Main implements Shown, HasDynamicTitle {
  private static final long CLOCK_MILLIS = 900;

  private final VerdictLine verdict = new VerdictLine();
  private final Map<Filter, Span> numbers = new EnumMap<>(Filter.class);
  private final KioskTiles tiles = new KioskTiles();
  private final Element clock = new Element("caelum-time");
  private long clockAt;

  /** Keeps the screen awake; see the script. */
  @Tag("caelum-kiosk")
  private static final class Awake extends Component {}

  public KioskView() {
    setId("content");
    addClassName("kiosk");
    H1 title = new H1(Words.of("kiosk.title"));
    title.addClassName("unseen");
    Div counters = new Div();
    counters.addClassName("wall-counters");
    for (Filter filter : Filter.values()) {
      Span number = new Span(Words.UNKNOWN);
      number.addClassName("number");
      number.setTestId("kiosk-" + filter.word());
      numbers.put(filter, number);
      Span label = new Span(Words.of("counter." + filter.word()));
      label.addClassName("label");
      Div counter = new Div(number, label);
      counter.getElement().setAttribute("data-state", filter.word());
      counters.add(counter);
    }
    NativeButton full = new NativeButton(Words.of("kiosk.full"));
    full.getElement().setAttribute("data-fullscreen", true);
    Span updated = new Span();
    updated.setTestId("kiosk-clock");
    Element words = new Element("span");
    words.setText(Words.of("kiosk.updated"));
    updated.getElement().appendChild(words, Element.createText(" "), clock);
    RouterLink leave = new RouterLink(Words.of("kiosk.leave"), ClusterStatusView.class);
    leave.getElement().setAttribute("data-testid", "kiosk-leave");
    Footer footer = new Footer(updated, full, leave);
    add(new Awake(), title, verdict, counters, tiles, footer);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    show(Access.view());
  }

  @Override
  public void show(ClusterView view) {
    verdict.show(view);
    tiles.show(view);
    numbers.forEach((filter, number) -> {
      String count =
          view.known()
              ? Long.toString(view.own().stream().filter(filter::takes).count())
              : Words.UNKNOWN;
      if (!count.equals(number.getText())) {
        number.setText(count);
        number.getElement().setAttribute("data-zero", Boolean.toString(count.equals("0")));
      }
    });
    long now = System.currentTimeMillis();
    if (view.known() && view.lostSince() == null && now - clockAt > CLOCK_MILLIS) {
      clockAt = now;
      clock.setAttribute("at", Long.toString(now));
    }
  }

  @Override
  public String getPageTitle() {
    return Titles.ofStatus(Access.view());
  }
}
