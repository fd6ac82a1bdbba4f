/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-site-diversions.h"

#include "shared/base/mh-date.h"
#include "shared/base/mh-json.h"

#define SCOPE_ALL "all"

void
mh_site_diversion_free (MhSiteDiversion *diversion)
{
  if (diversion == NULL)
    return;
  g_free (diversion->id);
  g_free (diversion->reason);
  g_free (diversion);
}

guint
mh_care_scope_of (const char *const *codes)
{
  guint scope = 0;
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    scope |= g_str_equal (codes[i], SCOPE_ALL) ? MH_CARE_ALL : mh_care_of (codes[i]);
  return scope;
}

char **
mh_care_list (guint care)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  for (guint i = 0; i < MH_CARE_N; i++)
    if ((care >> i & 1) != 0)
      g_strv_builder_add (codes, mh_care_code (1u << i));
  return g_strv_builder_end (codes);
}

char **
mh_care_scope_codes_of (guint scope)
{
  static const char *const all[] = { SCOPE_ALL, NULL };
  return scope == MH_CARE_ALL ? g_strdupv ((char **)all) : mh_care_list (scope);
}

static guint
site_diversions_scope (JsonArray *codes)
{
  guint scope = 0;
  for (guint i = 0; codes != NULL && i < json_array_get_length (codes); i++)
    {
      const char *const one[] = { json_array_get_string_element (codes, i), NULL };
      scope |= mh_care_scope_of (one);
    }
  return scope;
}

GPtrArray *
mh_site_diversions_read (const char *json)
{
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_site_diversion_free);
  g_autoptr (JsonNode) node = json != NULL ? mh_json_parse (json, -1, NULL) : NULL;
  JsonArray *rows
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonNode *row = json_array_get_element (rows, i);
      if (!JSON_NODE_HOLDS_OBJECT (row))
        continue;
      JsonObject *object = json_node_get_object (row);
      const char *from = mh_json_text (object, "starts_at"),
                 *until = mh_json_text (object, "until");
      g_autofree MhSiteDiversion *one = g_new0 (MhSiteDiversion, 1);
      if (from == NULL || until == NULL || !mh_instant_parse (from, &one->diversion.from)
          || !mh_instant_parse (until, &one->diversion.until))
        continue;
      one->id = g_strdup (mh_json_text (object, "id"));
      one->reason = g_strdup (mh_json_text (object, "reason"));
      one->diversion.scope = site_diversions_scope (mh_json_array (object, "scope"));
      g_ptr_array_add (out, g_steal_pointer (&one));
    }
  return out;
}

char *
mh_site_diversions_put (const GPtrArray *diversions)
{
  g_autoptr (GString) out = g_string_new (NULL);
  mh_json_open (out, '[');
  for (guint i = 0; i < diversions->len; i++)
    {
      const MhSiteDiversion *one = g_ptr_array_index (diversions, i);
      g_auto (GStrv) scope = mh_care_scope_codes_of (one->diversion.scope);
      mh_json_open (out, '{');
      mh_json_member_text (out, "id", one->id);
      mh_json_key (out, "scope");
      mh_json_open (out, '[');
      for (guint j = 0; scope[j] != NULL; j++)
        mh_json_put_text (out, scope[j]);
      mh_json_close (out, ']');
      mh_json_member_instant (out, "starts_at", one->diversion.from);
      mh_json_member_instant (out, "until", one->diversion.until);
      mh_json_member_text (out, "reason", one->reason);
      mh_json_close (out, '}');
    }
  mh_json_close (out, ']');
  return g_string_free (g_steal_pointer (&out), FALSE);
}
