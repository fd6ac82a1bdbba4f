/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/front/insights/mh-insights-page.h"

#include "client/compat/mh-compat.h"
#include "client/pages/clinic/prescribing/mh-drug-rates.h"
#include "client/pages/front/insights/mh-insight-card.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/hospital/mh-alert-list.h"
#include "client/widgets/hospital/mh-bench-bar.h"
#include "shared/base/mh-date.h"
#include "shared/records/front/mh-insight.h"

#include <glib/gi18n-lib.h>

#define KEY "insights"
/* What a person sees who has not arranged anything. */
#define AT_FIRST                                                                                   \
  "turnaround:segment|turnaround:day|workload:day|orders:status|payments:method|rejections:reason" \
  "|callbacks:week|alerts:kind|satisfaction:week"

struct _MhInsightsPage
{
  MhPane parent_instance;
  GtkDropDown *range;
  GtkMenuButton *add;
  GtkStack *stack;
  GtkFlowBox *cards;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (MhInsightsPage, mh_insights_page, MH_TYPE_PANE)

static const struct
{
  guint days;
  const char *label;
} ranges[] = {
  { 1, N_ ("Today") },    { 7, N_ ("7 days") },      { 30, N_ ("30 days") },
  { 90, N_ ("90 days") }, { 365, N_ ("12 months") },
};
#define USUAL_RANGE 2

/* --- kept for each person --- */

static const char *
user_of (MhInsightsPage *page)
{
  const char *name = mh_context_username (mh_pane_context (MH_PANE (page)));
  return name != NULL ? name : "";
}

static char *
insights_page_kept (MhInsightsPage *page)
{
  g_autoptr (GSettings) settings = mh_shell_settings ();
  g_autoptr (GVariant) all = settings != NULL ? g_settings_get_value (settings, KEY) : NULL;
  char *specs = NULL;
  if (all != NULL && g_variant_lookup (all, user_of (page), "s", &specs))
    return specs;
  return g_strdup (AT_FIRST);
}

static void
insights_page_keep_cb (MhInsightsPage *page)
{
  g_autoptr (GSettings) settings = mh_shell_settings ();
  g_autoptr (GString) specs = g_string_new (NULL);
  if (settings == NULL || page->filling || mh_pane_context (MH_PANE (page)) == NULL)
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (page->cards)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *spec = mh_insight_card_spec (
          MH_INSIGHT_CARD (gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child))));
      g_string_append_printf (specs, "%s%s", specs->len > 0 ? "|" : "", spec);
    }

  g_autoptr (GVariant) before = g_settings_get_value (settings, KEY);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *user, *other;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, before);
  while (g_variant_iter_next (&iter, "{&s&s}", &user, &other))
    if (!g_str_equal (user, user_of (page)))
      g_variant_builder_add (&builder, "{ss}", user, other);
  g_variant_builder_add (&builder, "{ss}", user_of (page), specs->str);
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}

/* --- days --- */

static void
insights_page_set_days (MhInsightsPage *page, MhInsightCard *card)
{
  char today[11], from[MH_DATE_LENGTH + 1];
  MhDate last;
  guint range = MIN (gtk_drop_down_get_selected (page->range), G_N_ELEMENTS (ranges) - 1);
  mh_date_parse (mh_when_today_text (today), &last);
  mh_date_format (mh_date_from_days (mh_date_to_days (last) - ranges[range].days + 1), from);
  mh_insight_card_set_days (card, from, today);
}

static MhInsightCard *
insights_page_card_of (GtkWidget *child)
{
  return MH_INSIGHT_CARD (gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child)));
}

static void
range_cb (MhInsightsPage *page)
{
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (page->cards)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    insights_page_set_days (page, insights_page_card_of (child));
}

/* --- arranging --- */

static void
show_any (MhInsightsPage *page)
{
  gboolean any = gtk_widget_get_first_child (GTK_WIDGET (page->cards)) != NULL;
  gtk_stack_set_visible_child_name (page->stack, any ? "cards" : "none");
}

static int
insights_page_index_of (MhInsightCard *card)
{
  return gtk_flow_box_child_get_index (
      GTK_FLOW_BOX_CHILD (gtk_widget_get_parent (GTK_WIDGET (card))));
}

static void
move_to (MhInsightsPage *page, MhInsightCard *card, int place)
{
  g_autoptr (GtkWidget) child = g_object_ref (gtk_widget_get_parent (GTK_WIDGET (card)));
  /* what has the focus must not go out of the window */
  gtk_widget_grab_focus (GTK_WIDGET (page->add));
  gtk_flow_box_remove (page->cards, child);
  gtk_flow_box_insert (page->cards, child, place);
  insights_page_keep_cb (page);
}

static void
insights_page_moved_cb (MhInsightCard *card, int by, MhInsightsPage *page)
{
  int place = insights_page_index_of (card) + by;
  if (place < 0)
    return;
  move_to (page, card, place);
  mh_insight_card_focus (card);
}

static void
insights_page_dropped_cb (MhInsightCard *card, MhInsightCard *other, MhInsightsPage *page)
{
  move_to (page, other, insights_page_index_of (card));
}

static void
insights_page_removed_cb (MhInsightCard *card, MhInsightsPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (page->add));
  gtk_flow_box_remove (page->cards, gtk_widget_get_parent (GTK_WIDGET (card)));
  show_any (page);
  insights_page_keep_cb (page);
}

static MhInsightCard *
add_card (MhInsightsPage *page, const char *spec)
{
  GtkWidget *card = mh_insight_card_new (mh_pane_context (MH_PANE (page)), spec);
  if (card == NULL)
    return NULL;
  g_signal_connect (card, "moved", G_CALLBACK (insights_page_moved_cb), page);
  g_signal_connect (card, "dropped", G_CALLBACK (insights_page_dropped_cb), page);
  g_signal_connect (card, "removed", G_CALLBACK (insights_page_removed_cb), page);
  g_signal_connect_swapped (card, "changed", G_CALLBACK (insights_page_keep_cb), page);
  gtk_flow_box_append (page->cards, card);
  insights_page_set_days (page, MH_INSIGHT_CARD (card));
  return MH_INSIGHT_CARD (card);
}

static void
insights_page_fill (MhInsightsPage *page, const char *specs)
{
  GtkWidget *child;
  g_auto (GStrv) list = g_strsplit (specs, "|", -1);
  page->filling = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (page->cards))) != NULL)
    gtk_flow_box_remove (page->cards, child);
  for (guint i = 0; list[i] != NULL; i++)
    add_card (page, list[i]);
  page->filling = FALSE;
  show_any (page);
}

static void
insights_page_reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  insights_page_fill (data, AT_FIRST);
  insights_page_keep_cb (data);
}

static void
insights_page_add_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MhInsightsPage *page = data;
  MhInsightCard *card = add_card (page, g_variant_get_string (parameter, NULL));
  show_any (page);
  insights_page_keep_cb (page);
  if (card != NULL)
    mh_insight_card_focus (card);
}

static void
insights_page_fill_menu (MhInsightsPage *page)
{
  static const GActionEntry entries[]
      = { { .name = "add", .activate = insights_page_add_cb, .parameter_type = "s" },
          { .name = "reset", .activate = insights_page_reset_cb } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), page);
  gtk_widget_insert_action_group (GTK_WIDGET (page), "insights", G_ACTION_GROUP (actions));
  for (const MhCode *code = mh_insight_codes; code->code != NULL; code++)
    {
      g_autofree char *action = g_strdup_printf ("insights.add::%s", code->code);
      g_menu_append (menu, _ (code->label), action);
    }

  g_autoptr (GMenu) last = g_menu_new ();
  g_menu_append (last, _ ("As at first"), "insights.reset");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  gtk_menu_button_set_menu_model (page->add, G_MENU_MODEL (menu));
}

/* --- making it --- */

static void
insights_page_begin (MhPane *pane)
{
  MhInsightsPage *page = MH_INSIGHTS_PAGE (pane);
  g_autofree char *specs = insights_page_kept (page);
  insights_page_fill_menu (page);
  insights_page_fill (page, specs);
}

/* What was shown is of another day, perhaps. */
static void
insights_page_shown (MhPane *pane)
{
  range_cb (MH_INSIGHTS_PAGE (pane));
  gtk_widget_grab_focus (GTK_WIDGET (MH_INSIGHTS_PAGE (pane)->range));
}

static void
mh_insights_page_class_init (MhInsightsPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = insights_page_begin;
  MH_PANE_CLASS (klass)->shown = insights_page_shown;
  g_type_ensure (MH_TYPE_ALERT_LIST);
  g_type_ensure (MH_TYPE_DRUG_RATES);
  g_type_ensure (MH_TYPE_BENCH_BAR);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("front/insights/mh-insights-page"));
  gtk_widget_class_bind_template_child (widget, MhInsightsPage, range);
  gtk_widget_class_bind_template_child (widget, MhInsightsPage, add);
  gtk_widget_class_bind_template_child (widget, MhInsightsPage, stack);
  gtk_widget_class_bind_template_child (widget, MhInsightsPage, cards);
  gtk_widget_class_bind_template_callback (widget, range_cb);
}

static void
mh_insights_page_init (MhInsightsPage *page)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (page));
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    gtk_string_list_append (labels, _ (ranges[i].label));
  gtk_drop_down_set_model (page->range, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (page->range, USUAL_RANGE);
}

GtkWidget *
mh_insights_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_INSIGHTS_PAGE, "context", context, NULL);
}
