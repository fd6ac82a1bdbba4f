/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A worksheet: what one bench measures in one go, in positions. A position is a patient's tube, a
 * control or a duplicate of a position before; a line is one analyte of one position.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_WORKSHEET_OPEN "open"
#define MH_WORKSHEET_DONE "done"
#define MH_WORKSHEET_DROPPED "dropped"
extern const MhCode mh_worksheet_status_codes[];

#define MH_LINE_PATIENT "patient"
#define MH_LINE_CONTROL "control"
#define MH_LINE_DUPLICATE "duplicate"
extern const MhCode mh_worksheet_line_codes[];

#define MH_WORKSHEET_MOST_POSITIONS 96

enum
{
  MH_WORKSHEET_HOSPITAL_ID = MH_N_COMMON,
  MH_WORKSHEET_NUMBER,
  MH_WORKSHEET_BENCH,
  MH_WORKSHEET_TEST,
  MH_WORKSHEET_EQUIPMENT,
  MH_WORKSHEET_POSITIONS,
  MH_WORKSHEET_DUPLICATES,
  MH_WORKSHEET_STATUS,
  MH_WORKSHEET_NOTE,
  MH_WORKSHEET_MADE_AT,
  MH_WORKSHEET_MADE_NAME,
  MH_WORKSHEET_N_LINES,
  MH_WORKSHEET_N_ENTERED,
  MH_WORKSHEET_LINES,
  MH_WORKSHEET_N_FIELDS,
};
extern const MhRecordType mh_worksheet_type;

enum
{
  MH_WORKSHEET_LINE_HOSPITAL_ID = MH_N_COMMON,
  MH_WORKSHEET_LINE_WORKSHEET_ID,
  MH_WORKSHEET_LINE_POSITION,
  MH_WORKSHEET_LINE_LINE_NO,
  MH_WORKSHEET_LINE_KIND,
  MH_WORKSHEET_LINE_ORDER_ID,
  MH_WORKSHEET_LINE_ORDER_ITEM_ID,
  MH_WORKSHEET_LINE_ACCESSION,
  MH_WORKSHEET_LINE_WHO,
  MH_WORKSHEET_LINE_TEST,
  MH_WORKSHEET_LINE_ANALYTE,
  MH_WORKSHEET_LINE_NAME,
  MH_WORKSHEET_LINE_UNIT,
  MH_WORKSHEET_LINE_DUPLICATE_OF,
  MH_WORKSHEET_LINE_TARGET_ID,
  MH_WORKSHEET_LINE_VALUE,
  MH_WORKSHEET_LINE_REMARK,
  MH_WORKSHEET_LINE_ENTERED_AT,
  MH_WORKSHEET_LINE_ENTERED_NAME,
  MH_WORKSHEET_LINE_N_FIELDS,
};
extern const MhRecordType mh_worksheet_line_type;

/* One value as it stands on the sheet. */
enum
{
  MH_WORKSHEET_ENTRY_LINE_ID,
  MH_WORKSHEET_ENTRY_VALUE,
  MH_WORKSHEET_ENTRY_N_FIELDS,
};
extern const MhRecordType mh_worksheet_entry_type;

enum
{
  MH_WORKSHEET_PUT_ENTRIES,
  MH_WORKSHEET_PUT_N_FIELDS,
};
extern const MhRecordType mh_worksheet_put_type;

G_END_DECLS
