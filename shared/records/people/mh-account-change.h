/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A change of an account or of a role that takes two people: rights to patients' data, signatures
 * or money, or another password for who has such. It stands here as one administrator asked for it,
 * and is done when another one agrees.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

enum
{
  MH_ACCOUNT_CHANGE_HOSPITAL_ID = MH_N_COMMON,
  MH_ACCOUNT_CHANGE_USER_ID,
  MH_ACCOUNT_CHANGE_USER_NAME,
  MH_ACCOUNT_CHANGE_KIND,
  MH_ACCOUNT_CHANGE_ROLES,
  MH_ACCOUNT_CHANGE_PASSWORD_HASH,
  MH_ACCOUNT_CHANGE_ASKED_ID,
  MH_ACCOUNT_CHANGE_ASKED_BY,
  MH_ACCOUNT_CHANGE_ROLE_ID,
  MH_ACCOUNT_CHANGE_PERMISSIONS,
  MH_ACCOUNT_CHANGE_N_FIELDS,
};

/* Nobody was there to approve it: those who review access are told. */
#define MH_ALERT_RIGHTS_ALONE "rights_alone"

#define MH_ACCOUNT_CHANGE_KIND_PASSWORD "password"
#define MH_ACCOUNT_CHANGE_KIND_ROLES "roles"
#define MH_ACCOUNT_CHANGE_KIND_BOTH "both"
#define MH_ACCOUNT_CHANGE_KIND_RIGHTS "rights"
extern const MhCode mh_account_change_kind_codes[];
/* After it nobody can approve any more. */
#define MH_ACCOUNT_CHANGE_LIFE (7 * MH_DAY)

G_END_DECLS
