/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-pages.h"

#include "client/pages/shell/mh-waiting-page.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
const MhPageInfo mh_pages[] = {
  { "waiting", N_("Waiting to be sent"), "mail-outbox-symbolic", N_("This desk"), "", mh_waiting_page_new, "<Alt>0", NULL },
  { NULL },
};
/* clang-format on */

const MhPageInfo *
mh_page_find (const char *id)
{
  for (const MhPageInfo *page = mh_pages; page->id != NULL; page++)
    if (g_strcmp0 (page->id, id) == 0)
      return page;
  return NULL;
}

const MhPageInfo *
mh_page_for_type (const char *type_code)
{
  for (const MhPageInfo *page = mh_pages; page->id != NULL; page++)
    if (type_code != NULL && g_strcmp0 (page->opens, type_code) == 0)
      return page;
  return NULL;
}
