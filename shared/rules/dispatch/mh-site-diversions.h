/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The diversions of a hospital as its record carries them, and their scope as codes. Pure. */
#include "shared/rules/dispatch/mh-destination.h"

G_BEGIN_DECLS

typedef struct
{
  MhDiversion diversion;
  char *id, *reason;
} MhSiteDiversion;

void mh_site_diversion_free (MhSiteDiversion *diversion);

/* Bits of mh_care_scope_codes; "all" is all of them. */
guint mh_care_scope_of (const char *const *codes);
/* The codes of @scope; MH_CARE_ALL: "all" alone. Caller frees with g_strfreev(). */
char **mh_care_scope_codes_of (guint scope);
/* The codes of @care, never "all". Caller frees with g_strfreev(). */
char **mh_care_list (guint care);

/* Of MhSiteDiversion; empty for NULL and for what cannot be read. */
GPtrArray *mh_site_diversions_read (const char *json);
/* Caller frees. */
char *mh_site_diversions_put (const GPtrArray *diversions);

G_END_DECLS
