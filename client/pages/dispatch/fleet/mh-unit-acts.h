/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is done with a unit: written down in the register, its state, who is on it. Each asks or
 * tells in the window of @opener, whose context is @context. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_unit_register (GtkWidget *opener, MhContext *context);
void mh_unit_change (GtkWidget *opener, MhContext *context, MhRecord *unit);
/* @state (mh_unit_state_type) becomes out of service, for a reason. */
void mh_unit_take_out (GtkWidget *opener, MhContext *context, MhRecord *state);
void mh_unit_put_back (GtkWidget *opener, MhContext *context, MhRecord *state);
/* @unit NULL: it is asked on which. @user_id: whom; NULL: it is asked. */
void mh_unit_sign_on (GtkWidget *opener, MhContext *context, MhRecord *unit, const char *user_id);
/* @others: whether somebody else stays on the unit. */
void mh_unit_sign_off (GtkWidget *opener, MhContext *context, MhRecord *shift, gboolean others);

G_END_DECLS
