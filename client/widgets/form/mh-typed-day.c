/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/form/mh-typed-day.h"

#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "shared/base/mh-error.h"

#include <glib/gi18n-lib.h>

gboolean
mh_typed_day_parse (const char *typed, MhDate *out_day)
{
  return mh_date_parse_near (typed, mh_when_today (), out_day);
}

const char *
mh_typed_day_words (void)
{
  return _ ("This is not a day. Type it like 23/11/2026, 23 Nov or today.");
}

gboolean
mh_typed_day_read (GtkEditable *entry, char out_day[MH_DATE_LENGTH + 1], GError **error)
{
  const char *typed = gtk_editable_get_text (entry);
  MhDate date;
  if (*typed == 0)
    {
      out_day[0] = 0;
      return TRUE;
    }

  if (!mh_typed_day_parse (typed, &date))
    {
      mh_error_set_field (error, "date", "format", "%s", mh_typed_day_words ());
      return FALSE;
    }

  mh_date_format (date, out_day);
  return TRUE;
}

gboolean
mh_typed_day (MhPane *pane, GtkEditable *entry, char out_day[MH_DATE_LENGTH + 1])
{
  g_autoptr (GError) error = NULL;
  gboolean is_day = mh_typed_day_read (entry, out_day, &error);
  mh_shell_fail (GTK_WIDGET (pane), error);
  return is_day;
}
