package dev.caelum.ui.view;

import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.router.RouterLink;

/** Says that there is no such page, and leads back. */
@ParentLayout(MainLayout.class)
public final class NotFoundView extends Main
    implements HasErrorParameter<NotFoundException>, HasDynamicTitle {
  private static final int LONGEST_PATH = 80;

  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
    setId("content");
    addClassName("message");
    String path = event.getLocation().getPath();
    String shown = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "…" : path;
    H1 title = new H1(Words.of("notfound.title", shown));
    title.setTestId("not-found");
    RouterLink back = new RouterLink(Words.of("status.title"), ClusterStatusView.class);
    add(title, new Paragraph(back));
    return 404;
  }

  @Override
  public String getPageTitle() {
    return Titles.of(Words.of("notfound.short"));
  }
}
