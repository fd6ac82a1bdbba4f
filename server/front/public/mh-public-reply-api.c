/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/public/mh-public-reply-api.h"

#include <string.h>

const MhPublicWords *
mh_public_words_of (MhCall *call)
{
  return mh_public_words (mh_call_query (call, "lang"), mh_call_header (call, "Accept-Language"));
}

MhReply *
mh_public_reply (const MhPublicWords *words, GString *page, guint status)
{
  mh_public_page_end (page);
  MhReply *reply = mh_reply_text (page, MH_PUBLIC_MEDIA);
  mh_reply_set_header (reply, "Content-Security-Policy", mh_public_page_policy ());
  mh_reply_set_header (reply, "Content-Language", mh_public_words_tag (words));
  mh_reply_set_header (reply, "Vary", "Accept-Language");
  /* The address is what opens the page: it goes to nobody else. */
  mh_reply_set_header (reply, "Referrer-Policy", "no-referrer");
  mh_reply_set_header (reply, "X-Robots-Tag", "noindex, nofollow");
  if (status != 0)
    mh_reply_set_status (reply, status);
  return reply;
}

static gboolean
is_form (MhCall *call)
{
  static const char form[] = "application/x-www-form-urlencoded";
  const char *media = mh_call_header (call, "Content-Type");
  gsize length = strlen (form);
  return media != NULL && g_ascii_strncasecmp (media, form, length) == 0
         && (media[length] == '\0' || strchr ("; \t", media[length]) != NULL);
}

GHashTable *
mh_public_form (MhCall *call)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (mh_call_raw (call), &length);
  if (bytes == NULL || !is_form (call) || memchr (bytes, '\0', length) != NULL)
    return NULL;
  return g_uri_parse_params (bytes, (gssize)length, "&", G_URI_PARAMS_WWW_FORM, NULL);
}

MhReply *
mh_public_problem (MhCall *call, const GError *error)
{
  const char *accepts = mh_call_header (call, "Accept");
  if (accepts != NULL && strstr (accepts, "text/html") == NULL && strstr (accepts, "*/*") == NULL)
    return NULL;
  const MhPublicWords *words = mh_public_words_of (call);
  GString *page = mh_public_page_begin (words, MH_SAY_FAILED, FALSE);
  gboolean often = g_error_matches (error, MH_ERROR, MH_ERROR_RATE);
  mh_public_note (page, MH_PUBLIC_CARE,
                  mh_public_say (words, often ? MH_SAY_TOO_OFTEN : MH_SAY_FAILED));
  return mh_public_reply (words, page, 0);
}
