/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One setting by its name: what it means, its value as people write it, for which hospital. */
#include "client/mh-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *mh_setting_dialog_show (GtkWidget *from, MhContext *context, MhRecord *setting);

/* "Open the drawer first", "Yes", "All hospitals": cells of the list. Caller frees. */
char *mh_setting_name (MhRecord *setting);
char *mh_setting_value (MhRecord *setting);
char *mh_setting_state (MhRecord *setting);

G_END_DECLS
