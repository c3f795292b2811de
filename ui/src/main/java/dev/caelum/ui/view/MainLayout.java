package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.page.PageVisibility;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.signals.Signal;
import dev.caelum.ui.client.Monotonic;
import dev.caelum.ui.client.NodeInfo;
import dev.caelum.ui.state.ClusterView;
import dev.caelum.ui.state.Dashboard;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The shell around all views: header, navigation, live pill and the banners of a lost node or
 * dashboard. It is the only one that follows the model; the view inside is told by it.
 */
public final class MainLayout extends AppLayout {
  private final Span cluster = new Span();
  private final Span demo = new Span(Words.of("shell.demo"));
  private final InboxBell inbox = new InboxBell();
  private final LiveSigns signs = new LiveSigns();
  private final AtomicReference<@Nullable ClusterView> waiting = new AtomicReference<>();
  private Runnable stop = () -> {};
  private @Nullable Shown content;
  private String title = "";
  private boolean seen = true;

  public MainLayout() {
    setPrimarySection(Section.NAVBAR);
    setI18n(new AppLayoutI18n().setDrawer(Words.of("shell.menu")));
    Anchor skip = new Anchor("#content", Words.of("shell.skip"));
    skip.addClassName("skip");
    skip.setRouterIgnore(true);
    DrawerToggle toggle = new DrawerToggle();
    toggle.setAriaLabel(Words.of("shell.menu"));
    Image logo = new Image("icons/caelum.svg", "");
    logo.addClassName("logo");
    Span product = new Span(Words.of("product"));
    product.addClassName("product");
    cluster.addClassName("cluster");
    cluster.setTestId("cluster-name");
    demo.addClassName("demo");
    demo.setTitle(Words.of("mark.simulated.rule"));
    demo.setVisible(false);
    Button help = new Button(VaadinIcon.QUESTION.create(), click -> new HelpDialog().open());
    help.setId("caelum-help");
    help.addThemeVariants(ButtonVariant.TERTIARY);
    help.addClassName("tool");
    help.setAriaLabel(Words.of("help.open"));
    help.setTooltipText(Words.of("help.open"));
    Header header =
        new Header(
            skip,
            toggle,
            logo,
            product,
            cluster,
            demo,
            new SearchBox(),
            signs.pill(),
            new PauseButton(this::catchUp),
            inbox,
            new ThemeButton(),
            help);
    header.addClassName("header");
    addToNavbar(header);
    SideNav navigation = new SideNav();
    navigation.getElement().setAttribute("aria-label", Words.of("shell.navigation"));
    navigation.addItem(
        new SideNavItem(
            Words.of("status.title"), ClusterStatusView.class, VaadinIcon.DASHBOARD.create()));
    navigation.addItem(
        new SideNavItem(Words.of("all.title"), MachinesView.class, VaadinIcon.DESKTOP.create()));
    navigation.addItem(
        new SideNavItem(Words.of("servers.title"), ServersView.class, VaadinIcon.SERVER.create()));
    navigation.addItem(
        new SideNavItem(Words.of("tasks.title"), TasksView.class, VaadinIcon.TASKS.create()));
    navigation.addItem(
        new SideNavItem(Words.of("ports.title"), PortsView.class, VaadinIcon.GRID_SMALL.create()));
    navigation.addItem(
        new SideNavItem(
            Words.of("topology.title"), TopologyView.class, VaadinIcon.CLUSTER.create()));
    navigation.addItem(
        new SideNavItem(
            Words.of("history.title"), HistoryView.class, VaadinIcon.CHART_LINE.create()));
    navigation.addItem(
        new SideNavItem(Words.of("log.all.title"), EventsView.class, VaadinIcon.LIST.create()));
    navigation.addItem(
        new SideNavItem(
            Words.of("kiosk.title"), KioskView.class, VaadinIcon.PRESENTATION.create()));
    navigation.addItem(
        new SideNavItem(Words.of("settings.title"), SettingsView.class, VaadinIcon.COG.create()));
    addToDrawer(navigation);
    getElement().appendChild(signs.banner().getElement(), signs.toast().getElement());
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    UI ui = event.getUI();
    Access.opened(ui);
    Dashboard dashboard = Access.dashboard();
    stop = dashboard.watch(view -> publish(ui, view));
    Signal<PageVisibility> visible = ui.getPage().pageVisibilitySignal();
    Signal.effect(this, () -> seen(visible.get() != PageVisibility.HIDDEN));
  }

  @Override
  protected void onDetach(DetachEvent event) {
    stop.run();
    super.onDetach(event);
  }

  /** Keeps at most one turn waiting for a slow browser; it will show the newest view. */
  private void publish(UI ui, ClusterView view) {
    if (waiting.getAndSet(view) != null) {
      return;
    }
    try {
      var _ =
          ui.access(() -> {
            ClusterView newest = waiting.getAndSet(null);
            if (newest != null) {
              render(newest);
            }
          });
    } catch (UIDetachedException e) {
      stop.run();
    }
  }

  @Override
  public void showRouterLayoutContent(HasElement view) {
    super.showRouterLayoutContent(view);
    content = view instanceof Shown shown ? shown : null;
    // a wall needs no way to other views; the style leaves them out
    getElement().setAttribute("wall", view instanceof KioskView);
    if (content != null) {
      content.show(Access.view());
      title = "";
    }
  }

  /** Nothing is rendered for a page that nobody sees; it catches up when it is seen again. */
  private void seen(boolean now) {
    seen = now;
    catchUp();
  }

  private void catchUp() {
    render(Access.dashboard().view());
  }

  private void render(ClusterView now) {
    UI ui = getUI().orElseThrow();
    Optional<Frozen> frozen = PauseButton.frozen(ui);
    ClusterView view = frozen.map(Frozen::view).orElse(now);
    NodeInfo node = view.node();
    String name = node == null ? "" : node.clusterName();
    if (!name.equals(cluster.getText())) {
      cluster.setText(name);
    }
    demo.setVisible(node != null && node.demo());
    if (seen) {
      inbox.show(now);
      if (content != null) {
        content.show(view);
      }
    }
    if (content instanceof HasDynamicTitle titled && !titled.getPageTitle().equals(title)) {
      title = titled.getPageTitle();
      ui.getPage().setTitle(title);
    }
    signs.beat(now, Monotonic.millis(), frozen.map(held -> held.waiting(now)).orElse(null));
  }
}
