/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Forms of assessments, for whoever writes them: the list, its parts and questions, and how the
 * form will look, tried while it is written. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_FORMS_PAGE (mh_forms_page_get_type ())
G_DECLARE_FINAL_TYPE (MhFormsPage, mh_forms_page, MH, FORMS_PAGE, MhPane)

GtkWidget *mh_forms_page_new (MhContext *context);

G_END_DECLS
