/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/cashier/mh-typed-day.h"

#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-when.h"

gboolean
mh_typed_day_read (MhContext *context,
                   GtkEditable *entry,
                   char out_day[MH_DATE_LENGTH + 1],
                   GError **error)
{
  const char *typed = gtk_editable_get_text (entry);
  char today_text[MH_DATE_LENGTH + 1];
  MhDate today, date;
  gboolean estimated;
  if (*typed == 0)
    {
      out_day[0] = 0;
      return TRUE;
    }
  mh_date_parse (mh_when_today_text (today_text), &today);
  if (!mh_date_parse_free (typed, today, &date, &estimated, error))
    return FALSE;
  mh_date_format (date, out_day);
  return TRUE;
}

gboolean
mh_typed_day (MhPane *pane, GtkEditable *entry, char out_day[MH_DATE_LENGTH + 1])
{
  g_autoptr (GError) error = NULL;
  gboolean is_day = mh_typed_day_read (mh_pane_context (pane), entry, out_day, &error);
  mh_shell_fail (GTK_WIDGET (pane), error);
  return is_day;
}
