/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-chart-words.h"

#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/clinic/mh-immunisation.h"
#include "shared/records/clinic/mh-note.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/clinic/mh-problem-item.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"

#include <glib/gi18n-lib.h>

/* What an event of each kind is about: in whose words its state is said, and where it opens. */
typedef struct
{
  const char *kind;
  const MhRecordType *type;
  guint status;
  const char *page; /* of the window */
  const char *tab;  /* of the chart */
} About;

static const About abouts[] = {
  { "visit", &mh_visit_type, MH_VISIT_STATUS, "nursing", NULL },
  { "note", &mh_note_type, MH_NOTE_STATUS, NULL, "notes" },
  { "problem", &mh_problem_item_type, MH_PROBLEM_ITEM_STATUS, NULL, "problems" },
  { "prescription", &mh_prescription_type, MH_PRESCRIPTION_STATUS, NULL, "medicines" },
  { "order", &mh_order_type, MH_ORDER_STATUS, "orders", NULL },
  { "report", &mh_report_type, MH_REPORT_STATUS, "report", NULL },
  { "immunisation", &mh_immunisation_type, MH_IMMUNISATION_STATUS, NULL, "immunisations" },
  { "document", NULL, 0, NULL, "documents" },
};

static const About *
about_of (MhRecord *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (abouts); i++)
    if (g_strcmp0 (mh_record_text (event, MH_CHART_EVENT_KIND), abouts[i].kind) == 0)
      return &abouts[i];
  return NULL;
}

static gboolean
chart_words_is_kind (MhRecord *event, const char *kind)
{
  return g_strcmp0 (mh_record_text (event, MH_CHART_EVENT_KIND), kind) == 0;
}

char *
mh_chart_event_title (MhRecord *event)
{
  const char *title = mh_record_text (event, MH_CHART_EVENT_TITLE);
  if (chart_words_is_kind (event, "immunisation"))
    return g_strdup (
        mh_words_of_code (&mh_immunisation_type.fields[MH_IMMUNISATION_VACCINE], title));
  return title != NULL && title[0] != 0 ? g_strdup (title)
                                        : mh_words_value (event, MH_CHART_EVENT_KIND);
}

char *
mh_chart_event_state (MhRecord *event)
{
  const About *about = about_of (event);
  const char *status = mh_record_text (event, MH_CHART_EVENT_STATUS);
  if (status == NULL || about == NULL || about->type == NULL)
    return g_strdup (status);
  return g_strdup (mh_words_of_code (&about->type->fields[about->status], status));
}

char *
mh_chart_event_detail (MhRecord *event)
{
  const char *detail = mh_record_text (event, MH_CHART_EVENT_DETAIL);
  if (detail != NULL && chart_words_is_kind (event, "note"))
    return g_strdup (mh_words_of_code (&mh_note_type.fields[MH_NOTE_KIND], detail));
  MhDate day;
  if (detail != NULL && chart_words_is_kind (event, "immunisation") && mh_date_parse (detail, &day))
    return mh_words_of_date (detail);
  return g_strdup (detail);
}

void
mh_chart_event_open (gpointer from, MhRecord *event)
{
  const About *about = about_of (event);
  const char *id = mh_record_text (event, MH_CHART_EVENT_OBJECT_ID);
  if (about == NULL || id == NULL)
    return;
  if (about->page != NULL)
    {
      mh_shell_go (GTK_WIDGET (from), about->page, id);
      return;
    }
  g_autofree char *where = g_strdup_printf ("%s/%s", about->tab, id);
  gtk_widget_activate_action (GTK_WIDGET (from), "chart.tab", "s", where);
}

/* --- values --- */

char *
mh_chart_value_text (MhRecord *value)
{
  const char *unit = mh_record_text (value, MH_CHART_VALUE_UNIT);
  const char *number = mh_record_text (value, MH_CHART_VALUE_VALUE);
  if (g_strcmp0 (unit, "—") == 0)
    unit = NULL;
  g_autofree char *flag = mh_flag_words (mh_record_text (value, MH_CHART_VALUE_FLAG));
  g_autofree char *text = g_strdup_printf ("%s%s%s%s%s", number != NULL ? number : "–",
                                           unit != NULL ? " " : "", unit != NULL ? unit : "",
                                           flag != NULL ? "  " : "", flag != NULL ? flag : "");
  return mh_words_figures (text);
}

const char *
mh_chart_value_style (MhRecord *value)
{
  return mh_flag_style (mh_record_text (value, MH_CHART_VALUE_FLAG));
}

char *
mh_chart_medicine_text (MhRecord *line)
{
  static const guint fields[]
      = { MH_PRESCRIPTION_LINE_STRENGTH, MH_PRESCRIPTION_LINE_DOSE, MH_PRESCRIPTION_LINE_FREQUENCY,
          MH_PRESCRIPTION_LINE_ROUTE, MH_PRESCRIPTION_LINE_DURATION_DAYS };
  GString *text = g_string_new (mh_record_text (line, MH_PRESCRIPTION_LINE_NAME));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value = mh_words_value (line, fields[i]);
      if (value != NULL && value[0] != 0)
        g_string_append_printf (text, " · %s", value);
    }
  return g_string_free (text, FALSE);
}
