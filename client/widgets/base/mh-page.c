/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-page.h"

G_DEFINE_INTERFACE (MhPage, mh_page, GTK_TYPE_WIDGET)

static void
mh_page_default_init (MhPageInterface *iface)
{
}

void
mh_page_open (MhPage *page, const char *what)
{
  if (MH_PAGE_GET_IFACE (page)->open != NULL)
    MH_PAGE_GET_IFACE (page)->open (page, what);
}

gboolean
mh_page_scan (MhPage *page, int kind, const char *code)
{
  return MH_PAGE_GET_IFACE (page)->scan != NULL
         && MH_PAGE_GET_IFACE (page)->scan (page, kind, code);
}

void
mh_page_let_go (MhPage *page)
{
  MhPageInterface *iface = MH_PAGE_GET_IFACE (page);
  if (iface->let_go != NULL)
    iface->let_go (page);
}

void
mh_page_shown (MhPage *page)
{
  if (MH_PAGE_GET_IFACE (page)->shown != NULL)
    MH_PAGE_GET_IFACE (page)->shown (page);
}

gboolean
mh_page_type_ahead (MhPage *page, const char *text)
{
  return MH_PAGE_GET_IFACE (page)->type_ahead != NULL
         && MH_PAGE_GET_IFACE (page)->type_ahead (page, text);
}

gboolean
mh_page_may_close (MhPage *page)
{
  return MH_PAGE_GET_IFACE (page)->may_close == NULL || MH_PAGE_GET_IFACE (page)->may_close (page);
}
