/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/money/mh-payment-rules.h"

#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-order.h"

char *
mh_payment_rules_reference_key (const char *reference)
{
  g_autofree char *digits = mh_text_ascii_digits (reference != NULL ? reference : "");
  GString *key = g_string_new (NULL);

  for (const char *at = digits; at[0] != 0; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      if (g_unichar_isalnum (letter))
        g_string_append_unichar (key, g_unichar_toupper (letter));
    }
  return g_string_free (key, FALSE);
}

gboolean
mh_payment_rules_reference_is_once (const char *method)
{
  static const char *const once[] = { MH_METHOD_UPI, MH_METHOD_CARD, MH_METHOD_ONLINE, NULL };
  return method != NULL && g_strv_contains (once, method);
}
