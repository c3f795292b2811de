package dev.caelum.ui.view;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import dev.caelum.ui.guard.OwnNames;
import dev.caelum.ui.state.Dashboard;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives the views of a test what the web application would give them. */
public final class TestedApplication implements VaadinServiceInitListener {
  private static @Nullable Dashboard dashboard;

  /** Pages that open from now on show {@code dashboard}. */
  static void shows(Dashboard shown) {
    dashboard = shown;
  }

  @Override
  public void serviceInit(ServiceInitEvent event) {
    var context = event.getSource().getContext();
    context.setAttribute(Dashboard.class, dashboard);
    context.setAttribute(OwnNames.class, new OwnNames(Set.of()));
  }
}
