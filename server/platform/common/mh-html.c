/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/common/mh-html.h"

#include <stdarg.h>

void
mh_html_text (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_string_append (out, escaped);
}

void
mh_html_open (GString *out, const char *tag, ...)
{
  va_list pairs;
  g_string_append_printf (out, "<%s", tag);
  va_start (pairs, tag);

  for (const char *name = va_arg (pairs, const char *); name != NULL;
       name = va_arg (pairs, const char *))
    {
      const char *value = va_arg (pairs, const char *);
      if (value == NULL)
        continue;
      g_string_append_printf (out, " %s", name);
      if (*value == '\0')
        continue;
      g_string_append (out, "=\"");
      mh_html_text (out, value);
      g_string_append_c (out, '"');
    }

  va_end (pairs);
  g_string_append_c (out, '>');
}

void
mh_html_close (GString *out, const char *tag)
{
  g_string_append_printf (out, "</%s>\n", tag);
}

void
mh_html_line (GString *out, const char *tag, const char *text)
{
  mh_html_open (out, tag, NULL);
  mh_html_text (out, text);
  mh_html_close (out, tag);
}
