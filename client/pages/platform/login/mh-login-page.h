/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Signing in; also the locked screen, where only the person who locked it is asked for. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_LOGIN_PAGE (mh_login_page_get_type ())
/* Signal "signed-in". */
G_DECLARE_FINAL_TYPE (MhLoginPage, mh_login_page, MH, LOGIN_PAGE, MhPane)

GtkWidget *mh_login_page_new (MhContext *context);
/* @username: who locked the screen; NULL: anybody may sign in. */
void mh_login_page_ask (MhLoginPage *page, const char *username, const char *reason);

G_END_DECLS
