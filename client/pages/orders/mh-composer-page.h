/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The order composer: catalogue left, cart right, payer and method as toggles, F9 charges. Opened
 * with a patient's id, or "prescription:ID" to order what a doctor prescribed. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_TYPE_COMPOSER_PAGE (mh_composer_page_get_type ())
G_DECLARE_FINAL_TYPE (MhComposerPage, mh_composer_page, MH, COMPOSER_PAGE, GtkWidget)

GtkWidget *mh_composer_page_new (MhContext *context);

G_END_DECLS
