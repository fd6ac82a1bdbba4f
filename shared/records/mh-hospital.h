/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Hospitals of the network, their departments and desks, settings, and the series numbers are taken
 * from.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_SETTING_KIND_TEXT "text"
#define MH_SETTING_KIND_INT "int"
#define MH_SETTING_KIND_MONEY "money"
#define MH_SETTING_KIND_BOOL "bool"
extern const MhCode mh_setting_kind_codes[];

#define MH_DEVICE_KIND_DESK "desk"
#define MH_DEVICE_KIND_COLLECTION "collection"
#define MH_DEVICE_KIND_LABORATORY "laboratory"
#define MH_DEVICE_KIND_KIOSK "kiosk"
#define MH_DEVICE_KIND_MACHINE "machine"
#define MH_DEVICE_KIND_VEHICLE "vehicle"
extern const MhCode mh_device_kind_codes[];

enum
{
  MH_HOSPITAL_CODE = MH_N_COMMON,
  MH_HOSPITAL_NAME,
  MH_HOSPITAL_LEGAL_NAME,
  MH_HOSPITAL_ADDRESS_LINE,
  MH_HOSPITAL_LOCALITY,
  MH_HOSPITAL_CITY,
  MH_HOSPITAL_DISTRICT,
  MH_HOSPITAL_STATE,
  MH_HOSPITAL_COUNTRY,
  MH_HOSPITAL_PIN,
  MH_HOSPITAL_PHONE,
  MH_HOSPITAL_PHONE2,
  MH_HOSPITAL_EMAIL,
  MH_HOSPITAL_WEBSITE,
  MH_HOSPITAL_REGISTRATION_NUMBER,
  MH_HOSPITAL_ACCREDITATION,
  MH_HOSPITAL_TAX_NUMBER,
  MH_HOSPITAL_CURRENCY,
  MH_HOSPITAL_TIME_ZONE,
  MH_HOSPITAL_REPORT_FOOTER,
  MH_HOSPITAL_ACTIVE,
  MH_HOSPITAL_N_FIELDS,
};
extern const MhRecordType mh_hospital_type;

enum
{
  MH_DEPARTMENT_HOSPITAL_ID = MH_N_COMMON,
  MH_DEPARTMENT_CODE,
  MH_DEPARTMENT_NAME,
  MH_DEPARTMENT_KIND,
  MH_DEPARTMENT_HEAD_NAME,
  MH_DEPARTMENT_PHONE,
  MH_DEPARTMENT_LOCATION,
  MH_DEPARTMENT_ACTIVE,
  MH_DEPARTMENT_N_FIELDS,
};
extern const MhRecordType mh_department_type;

enum
{
  MH_DEVICE_HOSPITAL_ID = MH_N_COMMON,
  MH_DEVICE_CODE,
  MH_DEVICE_NAME,
  MH_DEVICE_KIND,
  MH_DEVICE_DEPARTMENT_ID,
  MH_DEVICE_PLACE,
  MH_DEVICE_ACTIVE,
  MH_DEVICE_N_FIELDS,
};
extern const MhRecordType mh_device_type;

enum
{
  MH_SETTING_HOSPITAL_ID = MH_N_COMMON,
  MH_SETTING_KEY,
  MH_SETTING_KIND,
  MH_SETTING_VALUE,
  MH_SETTING_LABEL,
  MH_SETTING_HELP,
  MH_SETTING_N_FIELDS,
};
extern const MhRecordType mh_setting_type;

/* One row per counter; the next number is taken with the row locked, inside the transaction that
 * uses it. */
enum
{
  MH_SERIES_CODE = MH_N_COMMON,
  MH_SERIES_HOSPITAL_ID,
  MH_SERIES_PREFIX,
  MH_SERIES_NEXT_VALUE,
  MH_SERIES_PERIOD,
  MH_SERIES_N_FIELDS,
};
extern const MhRecordType mh_series_type;

G_END_DECLS
