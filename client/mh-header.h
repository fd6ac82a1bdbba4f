/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The window's header: find anything, the connection, what happened meanwhile, the person's menu.
 */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_HEADER (mh_header_get_type ())
/* Signal "scanned" (int MhScanKind, const char *code): a scanner typed into the search. */
G_DECLARE_FINAL_TYPE (MhHeader, mh_header, MH, HEADER, MhPane)

/* A phone's width: the words go, the signs stay. Not in the middle of a layout. */
void mh_header_set_narrow (MhHeader *header, gboolean narrow);
void mh_header_search (MhHeader *header); /* puts the focus there */
void mh_header_popup_menu (MhHeader *header);
void mh_header_popup_bell (MhHeader *header); /* alerts and notifications; Escape closes them */
/* Behind the bell; a click goes to the page. @page and @what may be NULL. */
void mh_header_notice (MhHeader *header,
                       const char *title,
                       const char *text,
                       const char *page,
                       const char *what);

G_END_DECLS
