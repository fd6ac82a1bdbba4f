/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking over all documents: numbers, hashes, sums. */
#include <string.h>

#include "server/money/invoices/mh-invoices-make.h"
#include "server/money/invoices/mh-invoices-service.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/people/mh-hospital.h"

#define PAGE 500

/* --- numbers --- */

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *)a, right = *(const gint64 *)b;
  return left < right ? -1 : left > right;
}

static gint64
serial_of (const char *number)
{
  const char *slash = number != NULL ? strrchr (number, '/') : NULL;
  return slash != NULL ? g_ascii_strtoll (slash + 1, NULL, 10) : 0;
}

static gboolean
check_series (const char *series, GArray *numbers, GError **error)
{
  g_array_sort (numbers, compare_numbers);
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, gint64, i) != (gint64)i + 1)
      {
        mh_error_set (error, MH_ERROR_CONFLICT,
                      "The invoice numbers %s are not consecutive at %u (%" G_GINT64_FORMAT ").",
                      series, i + 1, g_array_index (numbers, gint64, i));
        return FALSE;
      }
  return TRUE;
}

gboolean
mh_invoices_service_check_numbers (MhDb *db, const char *hospital_id, GError **error)
{
  g_autoptr (GPtrArray) all = mh_invoices_store_numbers (db, hospital_id, error);
  g_autoptr (GHashTable) series
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  if (all == NULL)
    return FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      MhRecord *invoice = g_ptr_array_index (all, i);
      g_autofree char *code
          = mh_invoice_series ("", mh_record_text (invoice, MH_INVOICE_KIND),
                               mh_record_text (invoice, MH_INVOICE_FINANCIAL_YEAR));
      GArray *numbers = g_hash_table_lookup (series, code);
      if (numbers == NULL)
        {
          numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_hash_table_insert (series, g_steal_pointer (&code), numbers);
        }
      gint64 serial = serial_of (mh_record_text (invoice, MH_INVOICE_NUMBER));
      g_array_append_val (numbers, serial);
    }

  GHashTableIter iter;
  gpointer code, numbers;
  g_hash_table_iter_init (&iter, series);
  while (g_hash_table_iter_next (&iter, &code, &numbers))
    if (!check_series (code, numbers, error))
      return FALSE;

  return TRUE;
}

/* --- everything --- */

typedef struct
{
  GPtrArray *found;
  guint most;
} Findings;

static void G_GNUC_PRINTF (2, 3) say (Findings *findings, const char *format, ...)
{
  va_list args;
  if (findings->found->len >= findings->most)
    return;
  va_start (args, format);
  g_ptr_array_add (findings->found, g_strdup_vprintf (format, args));
  va_end (args);
}

static gboolean
check_all_numbers (MhDb *db, Findings *findings, GError **error)
{
  g_autoptr (GPtrArray) hospitals = mh_store_all (db, &mh_hospital_type, NULL, NULL, error);
  if (hospitals == NULL)
    return FALSE;

  for (guint i = 0; i < hospitals->len; i++)
    {
      g_autoptr (GError) gap = NULL;
      MhRecord *hospital = g_ptr_array_index (hospitals, i);
      if (mh_invoices_service_check_numbers (db, mh_record_id (hospital), &gap))
        continue;
      if (!g_error_matches (gap, MH_ERROR, MH_ERROR_CONFLICT))
        {
          g_propagate_error (error, g_steal_pointer (&gap));
          return FALSE;
        }
      say (findings, "%s: %s", mh_record_text (hospital, MH_HOSPITAL_CODE), gap->message);
    }

  return TRUE;
}

static void
check_document (MhRecord *invoice, Findings *findings)
{
  GPtrArray *lines = mh_record_records (invoice, MH_INVOICE_LINES);
  const char *number = mh_record_text (invoice, MH_INVOICE_NUMBER);
  gint64 amount = mh_record_int (invoice, MH_INVOICE_ROUND_OFF);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    amount += mh_record_int (g_ptr_array_index (lines, i), MH_INVOICE_LINE_AMOUNT);
  if (amount != mh_record_int (invoice, MH_INVOICE_TOTAL))
    say (findings, "%s: its lines do not come to its total.", number);
  if (!mh_invoice_is_intact (invoice))
    say (findings, "%s: what is stored does not fit its hash.", number);
}

/* Lines come in the order of the documents that they belong to. */
static void
hang_lines (GPtrArray *invoices, GPtrArray *lines)
{
  guint at = 0;
  for (guint i = 0; i < invoices->len; i++)
    {
      MhRecord *invoice = g_ptr_array_index (invoices, i);
      for (; at < lines->len; at++)
        {
          MhRecord *line = g_ptr_array_index (lines, at);
          int order = g_strcmp0 (mh_record_text (line, MH_INVOICE_LINE_INVOICE_ID),
                                 mh_record_id (invoice));
          if (order > 0)
            break;
          if (order == 0)
            mh_record_append (invoice, MH_INVOICE_LINES, line);
        }
    }
}

static gboolean
check_page (MhDb *db, GPtrArray *page, Findings *findings, GError **error)
{
  g_autoptr (GPtrArray) lines = mh_invoices_store_lines_between (
      db, mh_record_id (g_ptr_array_index (page, 0)),
      mh_record_id (g_ptr_array_index (page, page->len - 1)), error);
  if (lines == NULL)
    return FALSE;
  hang_lines (page, lines);
  for (guint i = 0; i < page->len; i++)
    check_document (g_ptr_array_index (page, i), findings);
  return TRUE;
}

static gboolean
check_orders (MhDb *db, Findings *findings, GError **error)
{
  g_autoptr (GPtrArray) numbers = mh_invoices_store_odd_orders (db, findings->most, error);
  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    say (findings, "%s: its documents do not come to what the order is charged.",
         (const char *)g_ptr_array_index (numbers, i));
  return numbers != NULL;
}

GPtrArray *
mh_invoices_service_verify (MhDb *db, guint most, guint *out_n, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  Findings findings = { found, most };
  g_autofree char *after = g_strdup ("");
  guint n = 0;

  if (!check_all_numbers (db, &findings, error) || !check_orders (db, &findings, error))
    return NULL;

  for (gboolean more = TRUE; more;)
    {
      g_autoptr (GPtrArray) page = mh_invoices_store_after (db, after, PAGE, error);
      if (page == NULL || (page->len > 0 && !check_page (db, page, &findings, error)))
        return NULL;
      n += page->len;
      more = page->len == PAGE;
      if (page->len > 0)
        {
          g_free (after);
          after = g_strdup (mh_record_id (g_ptr_array_index (page, page->len - 1)));
        }
    }

  *out_n = n;
  return g_steal_pointer (&found);
}
