/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/sms/mh-twilio.h"

#include <sodium.h>
#include <string.h>

/* Name and value, for sorting by bytes. */
typedef struct
{
  char *name, *value;
} Pair;

static void
pair_free (gpointer data)
{
  Pair *pair = data;
  g_free (pair->name);
  g_free (pair->value);
  g_free (pair);
}

static int
twilio_sign_compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *left = *(const Pair *const *)a;
  const Pair *right = *(const Pair *const *)b;
  int order = strcmp (left->name, right->name);
  return order != 0 ? order : strcmp (left->value, right->value);
}

static GPtrArray *
twilio_sign_read_form (const char *form, gsize length)
{
  GPtrArray *pairs = g_ptr_array_new_with_free_func (pair_free);
  GUriParamsIter iter;
  char *name = NULL;
  char *value = NULL;

  g_uri_params_iter_init (&iter, form, (gssize)length, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, NULL))
    {
      Pair *pair = g_new (Pair, 1);
      pair->name = name;
      pair->value = value;
      g_ptr_array_add (pairs, pair);
    }
  return pairs;
}

char *
mh_twilio_param (const char *form, gsize length, const char *name)
{
  g_autoptr (GPtrArray) pairs = twilio_sign_read_form (form, length);
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = g_ptr_array_index (pairs, i);
      if (g_str_equal (pair->name, name))
        return g_strdup (pair->value);
    }
  return NULL;
}

char *
mh_twilio_sign (const char *token, const char *url, const char *form, gsize length)
{
  g_autoptr (GPtrArray) pairs = twilio_sign_read_form (form, length);
  g_autoptr (GString) text = g_string_new (url);
  guint8 mac[20];
  gsize size = sizeof mac;

  g_ptr_array_sort (pairs, twilio_sign_compare_pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = g_ptr_array_index (pairs, i);
      const Pair *before = i > 0 ? g_ptr_array_index (pairs, i - 1) : NULL;
      gboolean again = before != NULL && g_str_equal (before->name, pair->name);
      /* of a name that is repeated: each value once, the name before each */
      if (again && g_str_equal (before->value, pair->value))
        continue;
      g_string_append (text, pair->name);
      g_string_append (text, pair->value);
    }

  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA1, (const guint8 *)token, strlen (token));
  g_hmac_update (hmac, (const guint8 *)text->str, (gssize)text->len);
  g_hmac_get_digest (hmac, mac, &size);
  g_hmac_unref (hmac);

  return g_base64_encode (mac, size);
}

static gboolean
twilio_sign_is_same (const char *a, const char *b)
{
  return strlen (a) == strlen (b) && sodium_memcmp (a, b, strlen (a)) == 0;
}

/* "https://host/…" as "https://host:443/…", and http with 80; NULL: it names a port. */
static char *
with_port (const char *url)
{
  gboolean https = g_str_has_prefix (url, "https://");
  const char *host = strstr (url, "://");
  if (host == NULL)
    return NULL;
  host += 3;
  gsize length = strcspn (host, "/?#");
  if (memchr (host, ':', length) != NULL)
    return NULL;
  return g_strdup_printf ("%.*s:%s%s", (int)(host - url + (gssize)length), url,
                          https ? "443" : "80", host + length);
}

/* The other way round; NULL: it names no standard port. */
static char *
without_port (const char *url)
{
  const char *port = g_str_has_prefix (url, "https://") ? ":443" : ":80";
  const char *host = strstr (url, "://");
  const char *at = host != NULL ? strstr (host + 3, port) : NULL;
  const char *after = at != NULL ? at + strlen (port) : NULL;
  if (at == NULL || at > host + 3 + strcspn (host + 3, "/?#") || g_ascii_isdigit (*after))
    return NULL;
  return g_strdup_printf ("%.*s%s", (int)(at - url), url, after);
}

gboolean
mh_twilio_is_signed (const char *token,
                     const char *url,
                     const char *form,
                     gsize length,
                     const char *signature)
{
  g_autofree char *more = with_port (url);
  g_autofree char *less = without_port (url);
  const char *const urls[] = { url, more, less };
  gboolean good = FALSE;

  if (*token == '\0' || signature == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *expected
          = urls[i] != NULL ? mh_twilio_sign (token, urls[i], form, length) : NULL;
      good |= expected != NULL && twilio_sign_is_same (expected, signature);
    }

  return good;
}
