/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The order composer: catalogue left, cart right, payer and method as toggles (1 to 5), F9 charges,
 * then Enter prints. Opened with a patient's id, or "prescription:ID" to order what a doctor
 * prescribed. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_COMPOSER_PAGE (mh_composer_page_get_type ())
G_DECLARE_FINAL_TYPE (MhComposerPage, mh_composer_page, MH, COMPOSER_PAGE, MhPane)

GtkWidget *mh_composer_page_new (MhContext *context);

G_END_DECLS
