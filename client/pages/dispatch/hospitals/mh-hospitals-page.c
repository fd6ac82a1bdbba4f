/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/hospitals/mh-hospitals-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "client/pages/dispatch/hospitals/mh-site-acts.h"
#include "client/pages/dispatch/hospitals/mh-site-history.h"
#include "client/pages/dispatch/hospitals/mh-site-words.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-detail.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/charts/mh-timeline.h"
#include "client/widgets/table/mh-record-table.h"
#include "client/widgets/table/mh-row.h"
#include "shared/base/mh-json.h"
#include "shared/records/dispatch/mh-care-site.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define LEAST_WIDTH 640
#define TICK_SECONDS 10

struct _MhHospitalsPage
{
  MhPane parent_instance;
  MhRecordList *sites;
  MhSiteHistory *history;
  MhRecord *shown;       /* NULL: none */
  char *wanted;          /* id of what is shown or will be when its row comes */
  GPtrArray *diversions; /* MhSiteDiversion of what is shown, in the order of their rows */
  guint ticks;
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  MhDetail *detail;
  MhTimeline *timeline;
  GtkListBox *diverts;
};

G_DEFINE_FINAL_TYPE (MhHospitalsPage, mh_hospitals_page, MH_TYPE_PANE)

/* --- the list --- */

static const MhTableColumn columns[] = {
  { .field = "name", .expand = TRUE, .width = 130, .line = MH_LINE_TITLE },
  { .title = N_ ("NEDOCS"),
    .text = mh_site_score_text,
    .style = mh_site_crowding_style,
    .width = 190,
    .line = MH_LINE_MARK },
  { .title = N_ ("Beds"), .text = mh_site_beds_text, .width = 95, .line = MH_LINE_TRAILING },
  { .title = N_ ("Diverts"),
    .text = mh_site_diverts_text,
    .style = mh_site_diverts_style,
    .expand = TRUE,
    .width = 100 },
  { .title = N_ ("Told"), .text = mh_site_told_text, .style = mh_site_told_style, .width = 120 },
  { NULL },
};

static int
hospitals_page_compare (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (mh_record_text ((MhRecord *)a, MH_CARE_SITE_NAME),
                    mh_record_text ((MhRecord *)b, MH_CARE_SITE_NAME));
}

static gboolean
hospitals_page_belongs (MhRecord *site, gpointer data)
{
  return mh_record_bool (site, MH_CARE_SITE_ACTIVE);
}

/* --- one hospital --- */

static char *
hospitals_page_title_cb (MhHospitalsPage *page)
{
  return page->shown != NULL ? g_strdup (mh_record_text (page->shown, MH_CARE_SITE_NAME)) : NULL;
}

static gboolean
hospitals_page_speaks_cb (MhHospitalsPage *page)
{
  return page->shown != NULL
         && mh_site_may_speak (mh_pane_context (MH_PANE (page)),
                               mh_record_text (page->shown, MH_CARE_SITE_MEMBER_ID),
                               MH_MAY_WRITE_CAPACITY);
}

static gboolean
hospitals_page_diverts_cb (MhHospitalsPage *page)
{
  return page->diversions != NULL && page->diversions->len > 0;
}

static gboolean
hospitals_page_may_renew_cb (MhHospitalsPage *page)
{
  return hospitals_page_speaks_cb (page) && hospitals_page_diverts_cb (page);
}

static void
hospitals_page_tell_head (MhHospitalsPage *page)
{
  MhRecord *site = page->shown;
  g_autofree char *care = mh_words_value (site, MH_CARE_SITE_CARE);
  g_autofree char *crowding = mh_site_crowding_text (site);
  g_autofree char *age = mh_site_told_text (site);
  const char *style = mh_site_crowding_style (site);
  const char *by = mh_record_text (site, MH_CARE_SITE_REVIEWED_NAME);
  g_autofree char *told = by != NULL ? g_strdup_printf (_ ("%s, by %s"), age, by) : g_strdup (age);
  g_autofree char *next
      = mh_record_has (site, MH_CARE_SITE_REVIEWED_AT) && mh_site_is_stale (site)
            ? g_strdup_printf ("%s\n%s", told,
                               _ ("Out of date: figures this old count nothing when a hospital is "
                                  "proposed. Ask for new ones."))
            : g_strdup (told);

  mh_detail_clear (page->detail, NULL);
  mh_detail_head (
      page->detail, *care != 0 ? care : _ ("Emergency department without special units"),
      mh_record_text (site, MH_CARE_SITE_NAME), mh_record_text (site, MH_CARE_SITE_PHONE), NULL);
  mh_detail_state (page->detail, crowding,
                   g_strcmp0 (style, "mh-critical") == 0   ? "mh-bad"
                   : g_strcmp0 (style, "mh-abnormal") == 0 ? "mh-warm"
                                                           : NULL,
                   next);
}

static void
hospitals_page_tell_beds (MhHospitalsPage *page)
{
  static const guint fields[]
      = { MH_CARE_SITE_FREE_BEDS, MH_CARE_SITE_FREE_ICU, MH_CARE_SITE_FREE_THEATRES };
  const int kept = (int)mh_record_int (page->shown, MH_CARE_SITE_RESERVED);
  g_autofree char *under
      = kept > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                 "%d of them is kept for who is on the way",
                                                 "%d of them are kept for who is on the way", kept),
                                    kept)
                 : NULL;
  mh_detail_heading (page->detail, _ ("Beds"));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value = mh_words_value (page->shown, fields[i]);
      mh_detail_amount (page->detail, mh_words_label (&mh_care_site_type.fields[fields[i]]),
                        *value != 0 ? value : _ ("not told"), i == 0 ? under : NULL, FALSE);
    }
}

/* A part's figure with its label: "30 of 25 beds". Caller frees. */
static char *
hospitals_page_figure (MhRecord *site, guint field)
{
  g_autofree char *value = mh_words_value (site, field);
  if (field == MH_CARE_SITE_ED_PATIENTS)
    return g_strdup_printf (_ ("%s, in %d beds"), value,
                            (int)mh_record_int (site, MH_CARE_SITE_ED_BEDS));
  if (field == MH_CARE_SITE_BOARDERS)
    return g_strdup_printf (_ ("%s, of a hospital of %d beds"), value,
                            (int)mh_record_int (site, MH_CARE_SITE_HOSPITAL_BEDS));
  return g_steal_pointer (&value);
}

/* What the NEDOCS is made of; a report that waits to be sent has no parts yet. */
static void
hospitals_page_tell_parts (MhHospitalsPage *page)
{
  static const guint fields[]
      = { MH_CARE_SITE_ED_PATIENTS, MH_CARE_SITE_BOARDERS, MH_CARE_SITE_VENTILATED,
          MH_CARE_SITE_LONGEST_MINUTES, MH_CARE_SITE_LAST_BED_MINUTES };
  MhRecord *site = page->shown;
  const char *json = mh_record_text (site, MH_CARE_SITE_PARTS);
  g_autoptr (JsonObject) parts = json != NULL ? mh_json_parse_object (json, -1, NULL) : NULL;
  if (!mh_record_has (site, MH_CARE_SITE_NEDOCS))
    return;

  mh_detail_heading (page->detail, _ ("Points of the NEDOCS"));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const MhField *field = &mh_care_site_type.fields[fields[i]];
      g_autofree char *figure = hospitals_page_figure (site, fields[i]);
      g_autofree char *points
          = parts != NULL && json_object_has_member (parts, field->name)
                ? g_strdup_printf ("%.2f", json_object_get_double_member (parts, field->name))
                : g_strdup ("");
      mh_detail_amount (page->detail, mh_words_label (field), points, figure, FALSE);
    }
  g_autofree char *sum = g_strdup_printf ("%d", (int)mh_record_int (site, MH_CARE_SITE_NEDOCS));
  mh_detail_amount (page->detail, _ ("Less, always"), "−20", NULL, FALSE);
  mh_detail_amount (page->detail, _ ("NEDOCS"), sum, NULL, TRUE);
}

/* --- its diversions --- */

static void
hospitals_page_fill_row (MhRow *row, const MhSiteDiversion *one)
{
  g_autofree char *scope = mh_site_scope_text (one->diversion.scope);
  g_autofree char *title = g_strconcat ("⊘ ", scope, NULL);
  g_autofree char *left = mh_site_left_text (&one->diversion);
  g_autofree char *until = mh_words_time (one->diversion.until);
  g_autofree char *under = g_strdup_printf (_ ("%s · until %s"), one->reason, until);
  mh_row_set (row, title, left, under);
}

static gboolean
hospitals_page_are_same (GPtrArray *one, GPtrArray *other)
{
  gboolean same = one != NULL && other != NULL && one->len == other->len;
  for (guint i = 0; same && i < one->len; i++)
    same = g_strcmp0 (((MhSiteDiversion *)g_ptr_array_index (one, i))->id,
                      ((MhSiteDiversion *)g_ptr_array_index (other, i))->id)
           == 0;
  return same;
}

/* Rows stay as long as they are about the same, with the keys in them. */
static void
hospitals_page_tell_diversions (MhHospitalsPage *page)
{
  GPtrArray *now = page->shown != NULL ? mh_site_diversions_now (page->shown) : NULL;
  if (!hospitals_page_are_same (page->diversions, now))
    mh_rows_renew (page->diverts, now != NULL ? now->len : 0);
  g_clear_pointer (&page->diversions, g_ptr_array_unref);
  page->diversions = now;

  for (guint i = 0; now != NULL && i < now->len; i++)
    hospitals_page_fill_row (mh_rows_nth (page->diverts, i), g_ptr_array_index (now, i));
  if (now != NULL && now->len > 0 && gtk_list_box_get_selected_row (page->diverts) == NULL)
    gtk_list_box_select_row (page->diverts, gtk_list_box_get_row_at_index (page->diverts, 0));
}

/* The one that is chosen; NULL: none. */
static const MhSiteDiversion *
hospitals_page_chosen (MhHospitalsPage *page)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (page->diverts);
  guint at = row != NULL ? (guint)gtk_list_box_row_get_index (row) : G_MAXUINT;
  return page->diversions != NULL && at < page->diversions->len
             ? g_ptr_array_index (page->diversions, at)
             : NULL;
}

/* --- which one is shown --- */

static void
hospitals_page_tell (MhHospitalsPage *page)
{
  hospitals_page_tell_diversions (page);
  if (page->shown != NULL)
    {
      hospitals_page_tell_head (page);
      hospitals_page_tell_beds (page);
      hospitals_page_tell_parts (page);
    }
  else
    mh_detail_clear (page->detail, _ ("Choose a hospital"));
  mh_pane_changed (MH_PANE (page));
}

static void
hospitals_page_tell_history_cb (MhHospitalsPage *page)
{
  mh_site_history_tell (page->history, page->timeline);
  mh_pane_complain (MH_PANE (page), mh_site_history_problem (page->history));
}

/* The row that is shown, as it is now: other desks change it, too. */
static void
hospitals_page_follow_cb (MhHospitalsPage *page)
{
  MhRecord *site = mh_master_detail_row (&page->master_detail, page->wanted);
  g_set_object (&page->shown, site);
  hospitals_page_tell (page);
  mh_site_history_want (page->history, site);
}

static const char *
hospitals_page_shown_id (MhPane *pane)
{
  return MH_HOSPITALS_PAGE (pane)->wanted;
}

static void
hospitals_page_show_site (MhPane *pane, const char *id)
{
  MhHospitalsPage *page = MH_HOSPITALS_PAGE (pane);
  g_free (page->wanted);
  page->wanted = g_strdup (id);
  hospitals_page_follow_cb (page);
}

/* --- acts --- */

static void
hospitals_page_report_cb (MhHospitalsPage *page)
{
  if (hospitals_page_speaks_cb (page))
    mh_site_report_beds (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->shown);
}

static void
hospitals_page_divert_cb (MhHospitalsPage *page)
{
  if (hospitals_page_speaks_cb (page))
    mh_site_divert (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->shown);
}

static void
hospitals_page_renew_cb (MhHospitalsPage *page)
{
  const MhSiteDiversion *chosen = hospitals_page_chosen (page);
  if (chosen != NULL && hospitals_page_speaks_cb (page))
    mh_site_renew (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->shown, chosen);
}

static void
hospitals_page_end_cb (MhHospitalsPage *page)
{
  const MhSiteDiversion *chosen = hospitals_page_chosen (page);
  if (chosen != NULL && hospitals_page_speaks_cb (page))
    mh_site_end_diversion (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->shown,
                           chosen);
}

static void
hospitals_page_activated_cb (MhHospitalsPage *page)
{
  if (!mh_split_is_folded (page->split))
    hospitals_page_report_cb (page);
}

static void
hospitals_page_act_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const struct
  {
    const char *name;
    void (*act) (MhHospitalsPage *page);
  } acts[] = {
    { "hospitals.report", hospitals_page_report_cb },
    { "hospitals.divert", hospitals_page_divert_cb },
    { "hospitals.renew", hospitals_page_renew_cb },
    { "hospitals.end", hospitals_page_end_cb },
  };
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      acts[i].act (MH_HOSPITALS_PAGE (widget));
}

/* --- the page --- */

static void
hospitals_page_shown (MhPane *pane)
{
  MhHospitalsPage *page = MH_HOSPITALS_PAGE (pane);
  mh_record_table_enter (page->table);
}

/* The figures grow older, and a diversion ends by itself. */
static gboolean
hospitals_page_tick_cb (gpointer data)
{
  MhHospitalsPage *page = data;
  mh_record_table_refresh (page->table);
  if (page->shown != NULL)
    hospitals_page_tell (page);
  return G_SOURCE_CONTINUE;
}

static void
hospitals_page_begin (MhPane *pane)
{
  static const MhMasterDetailHow how = { hospitals_page_shown_id, hospitals_page_show_site };
  MhHospitalsPage *page = MH_HOSPITALS_PAGE (pane);
  mh_pane_keep (pane, &page->sites, mh_record_list_new (mh_pane_context (pane), "capacity.list"));
  mh_pane_keep (pane, &page->history, mh_site_history_new (mh_pane_context (pane)));
  mh_record_list_set_belongs (page->sites, hospitals_page_belongs, NULL);
  mh_record_list_set_compare (page->sites, hospitals_page_compare);
  mh_record_list_set_keep (page->sites, TRUE);
  mh_record_table_setup (page->table, "hospitals", &mh_care_site_type, columns,
                         G_LIST_MODEL (page->sites), MH_TABLE_SINGLE);
  mh_record_table_set_lines (page->table, LEAST_WIDTH);
  mh_master_detail_begin (&page->master_detail, pane, &how, page->table, page->split,
                          G_LIST_MODEL (page->sites));

  g_signal_connect_object (page->sites, "notify::n-items", G_CALLBACK (hospitals_page_follow_cb),
                           page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->history, "arrived", G_CALLBACK (hospitals_page_tell_history_cb),
                           page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->table, "activated", G_CALLBACK (hospitals_page_activated_cb), page,
                           G_CONNECT_SWAPPED);
  page->ticks = g_timeout_add_seconds (TICK_SECONDS, hospitals_page_tick_cb, page);
  mh_record_list_set_args (page->sites, NULL);
  hospitals_page_tell (page);
}

static void
hospitals_page_open (MhPane *pane, const char *what)
{
  if (what != NULL && *what != 0)
    mh_master_detail_show (&MH_HOSPITALS_PAGE (pane)->master_detail, what, TRUE);
}

static void
mh_hospitals_page_dispose (GObject *object)
{
  MhHospitalsPage *page = MH_HOSPITALS_PAGE (object);
  g_clear_handle_id (&page->ticks, g_source_remove);
  g_clear_object (&page->shown);
  g_clear_pointer (&page->wanted, g_free);
  g_clear_pointer (&page->diversions, g_ptr_array_unref);
  G_OBJECT_CLASS (mh_hospitals_page_parent_class)->dispose (object);
}

static void
mh_hospitals_page_class_init (MhHospitalsPageClass *klass)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = { { GDK_KEY_F2, "hospitals.report" },
               { GDK_KEY_F4, "hospitals.divert" },
               { GDK_KEY_F6, "hospitals.renew" },
               { GDK_KEY_F8, "hospitals.end" } };
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mh_hospitals_page_dispose;
  MH_PANE_CLASS (klass)->begin = hospitals_page_begin;
  MH_PANE_CLASS (klass)->open = hospitals_page_open;
  MH_PANE_CLASS (klass)->shown = hospitals_page_shown;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_DETAIL);
  g_type_ensure (MH_TYPE_TIMELINE);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (
      widget, MH_TEMPLATE ("dispatch/hospitals/mh-hospitals-page"));
  gtk_widget_class_bind_template_child (widget, MhHospitalsPage, split);
  gtk_widget_class_bind_template_child (widget, MhHospitalsPage, table);
  gtk_widget_class_bind_template_child (widget, MhHospitalsPage, detail);
  gtk_widget_class_bind_template_child (widget, MhHospitalsPage, timeline);
  gtk_widget_class_bind_template_child (widget, MhHospitalsPage, diverts);

  gtk_widget_class_bind_template_callback (widget, hospitals_page_title_cb);
  gtk_widget_class_bind_template_callback (widget, hospitals_page_speaks_cb);
  gtk_widget_class_bind_template_callback (widget, hospitals_page_diverts_cb);
  gtk_widget_class_bind_template_callback (widget, hospitals_page_may_renew_cb);
  gtk_widget_class_bind_template_callback (widget, hospitals_page_report_cb);
  gtk_widget_class_bind_template_callback (widget, hospitals_page_divert_cb);
  gtk_widget_class_bind_template_callback (widget, hospitals_page_renew_cb);
  gtk_widget_class_bind_template_callback (widget, hospitals_page_end_cb);
  mh_closures_bind (widget);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_install_action (widget, keys[i].action, NULL, hospitals_page_act_action);
      gtk_widget_class_add_binding_action (widget, keys[i].key, 0, keys[i].action, NULL);
    }
}

static void
mh_hospitals_page_init (MhHospitalsPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_hospitals_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_HOSPITALS_PAGE, "context", context, NULL);
}
