/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/row-fixture.h"

#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-payment.h"

static void
fill_text (const RowFixture *fixture, MhRecord *row, guint i)
{
  static guint n = 0;
  const MhField *field = &mh_record_type (row)->fields[i];
  /* Names and numbers stay for those who may open the chart, to choose the right one. */
  gboolean about
      = fixture->everywhere
        || ((field->flags & MH_SENSITIVE) != 0 && !g_str_has_suffix (field->name, "_name")
            && !g_str_has_suffix (field->name, "mrn"));
  gboolean secret = fixture->secret != NULL && about;
  g_autofree char *text = g_strdup_printf ("%s %u", secret ? fixture->secret : "t", ++n);
  g_autofree char *json = secret ? g_strdup_printf ("{\"a\":\"%s\"}", text) : g_strdup ("{}");
  if (field->kind == MH_KIND_REF)
    mh_record_set_text (row, i, fixture->reference (field->target, fixture->data));
  else if (field->kind == MH_KIND_ENUM)
    mh_record_set_text (row, i, field->codes[0].code);
  else if (field->kind == MH_KIND_DATE)
    mh_record_set_text (row, i, "2026-01-02");
  else if (field->kind == MH_KIND_TIME)
    mh_record_set_text (row, i, "10:30");
  else if (field->kind == MH_KIND_DECIMAL)
    mh_record_set_text (row, i, "1.50");
  else if (field->kind == MH_KIND_JSON)
    mh_record_set_text (row, i, json);
  else if (g_str_equal (field->name, "sha256"))
    mh_record_take_text (row, i, g_strnfill (64, '0'));
  else
    mh_record_set_text (row, i, text);
}

static void
fill_instant (MhRecord *row, guint i)
{
  static const char *const begins[] = { "start_at", "opened_at", NULL };
  const MhField *field = &mh_record_type (row)->fields[i];
  gboolean ends = g_str_equal (field->name, "end_at");
  if (ends || (field->flags & MH_REQUIRED) != 0 || g_strv_contains (begins, field->name))
    mh_record_set_int (row, i, ends ? 2 : 1);
}

static void
fill_field (const RowFixture *fixture, MhRecord *row, guint i)
{
  const MhRecordType *type = mh_record_type (row);
  const MhField *field = &type->fields[i];
  if (field->kind == MH_KIND_INSTANT)
    fill_instant (row, i);
  else if (field->kind == MH_KIND_BOOL)
    mh_record_set_bool (row, i, FALSE);
  else if (field->kind == MH_KIND_LIST)
    mh_record_add_to_list (row, i, fixture->secret != NULL ? fixture->secret : "one");
  else if (field->kind == MH_KIND_MONEY) /* the sums that the database checks */
    mh_record_set_int (row, i,
                       type == &mh_payment_type ? i == MH_PAYMENT_AMOUNT : type != &mh_order_type);
  else if (!mh_field_is_int (field))
    fill_text (fixture, row, i);
  else if ((field->flags & MH_REQUIRED) != 0)
    mh_record_set_int (row, i, 1);
}

MhRecord *
row_fixture_make (const RowFixture *fixture, const MhRecordType *type)
{
  MhRecord *row = mh_record_new (type);
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      if (mh_field_is_column (field) && !g_str_has_prefix (field->name, "close"))
        fill_field (fixture, row, i);
    }
  return row;
}
