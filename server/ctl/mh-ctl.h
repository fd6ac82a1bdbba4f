/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the commands of mahimactl share. A command gets its words and options, prints to stdout what
 * was asked for and returns the exit status: 0 done, 1 the answer is no (a broken chain, bad
 * lines), 2 it could not be done (the error is then printed by the caller).
 */
#include "server/platform/runtime/mh-server-config.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct _MhCtl MhCtl;

enum
{
  MH_CTL_DONE = 0,
  MH_CTL_NO = 1,
  MH_CTL_FAILED = 2,
};

typedef int (*MhCtlRun) (MhCtl *ctl, GError **error);

MhServerConfig *mh_ctl_config (MhCtl *ctl);
const char *mh_ctl_config_path (MhCtl *ctl);
/* The database, migrated when @migrate; opened at the first call. Owned by @ctl. */
MhStore *mh_ctl_store (MhCtl *ctl, gboolean migrate, GError **error);
/* A clock for the store that is opened later; demonstration data is dated by it. */
void mh_ctl_set_clock (MhCtl *ctl, MhClock *clock);
/* Words after the command's name; NULL behind the last. */
const char *mh_ctl_word (MhCtl *ctl, guint index);
/* Value of --name VALUE; NULL: not given. */
const char *mh_ctl_option (MhCtl *ctl, const char *name);
gboolean mh_ctl_flag (MhCtl *ctl, const char *name);
/* FALSE with MH_ERROR_INVALID when the option is missing or no number in the limits. @fallback < 0:
 * it is required. */
gboolean mh_ctl_number (MhCtl *ctl,
                        const char *name,
                        gint64 fallback,
                        gint64 most,
                        gint64 *out_number,
                        GError **error);
/* The word at @index, or MH_ERROR_INVALID that says "@what is missing". */
const char *mh_ctl_need (MhCtl *ctl, guint index, const char *what, GError **error);
/* Reads with a borrowed reader; func as below. */
typedef gboolean (*MhCtlRead) (MhDb *db, gpointer data, GError **error);
gboolean mh_ctl_read (MhCtl *ctl, MhCtlRead func, gpointer data, GError **error);
/* Writes as the administrator of the machine. */
gboolean mh_ctl_write (MhCtl *ctl, MhTxFunc func, gpointer data, GError **error);
/* A password from --password-file, else from stdin's first line (asked for without echo on a
 * terminal). */
char *mh_ctl_password (MhCtl *ctl, GError **error);

/* The id of the hospital of that code (NULL: the only one). Caller frees. */
char *mh_ctl_choose_hospital (MhDb *db, const char *code, GError **error);

/* The commands. */
int mh_ctl_init (MhCtl *ctl, GError **error);
int mh_ctl_user_add (MhCtl *ctl, GError **error);
int mh_ctl_user_list (MhCtl *ctl, GError **error);
int mh_ctl_user_disable (MhCtl *ctl, GError **error);
int mh_ctl_user_password (MhCtl *ctl, GError **error);
int mh_ctl_user_factor (MhCtl *ctl, GError **error);
int mh_ctl_role_list (MhCtl *ctl, GError **error);
int mh_ctl_mail_bounce (MhCtl *ctl, GError **error);
int mh_ctl_mail_bounces (MhCtl *ctl, GError **error);
int mh_ctl_hospital_add (MhCtl *ctl, GError **error);
int mh_ctl_migrate (MhCtl *ctl, GError **error);
int mh_ctl_backup (MhCtl *ctl, GError **error);
int mh_ctl_restore (MhCtl *ctl, GError **error);
int mh_ctl_audit_verify (MhCtl *ctl, GError **error);
int mh_ctl_ledger_verify (MhCtl *ctl, GError **error);
int mh_ctl_invoices_verify (MhCtl *ctl, GError **error);
int mh_ctl_tls_init (MhCtl *ctl, GError **error);
int mh_ctl_report_verify (MhCtl *ctl, GError **error);
int mh_ctl_catalogue_lint (MhCtl *ctl, GError **error);
int mh_ctl_catalogue_export (MhCtl *ctl, GError **error);
int mh_ctl_catalogue_import (MhCtl *ctl, GError **error);
int mh_ctl_import_patients (MhCtl *ctl, GError **error);
int mh_ctl_import_tests (MhCtl *ctl, GError **error);
int mh_ctl_import_prices (MhCtl *ctl, GError **error);
int mh_ctl_settlement_import (MhCtl *ctl, GError **error);
int mh_ctl_map_import (MhCtl *ctl, GError **error);
int mh_ctl_protocol_import (MhCtl *ctl, GError **error);
int mh_ctl_demo (MhCtl *ctl, GError **error);
int mh_ctl_check_config (MhCtl *ctl, GError **error);
int mh_ctl_schema (MhCtl *ctl, GError **error);

G_END_DECLS
