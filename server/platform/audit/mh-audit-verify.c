/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/audit/mh-audit-verify.h"

#include <fcntl.h>
#include <unistd.h>

#include "server/platform/audit/mh-audit-store.h"
#include "server/platform/store/mh-audit-chain.h"
#include "shared/base/mh-date.h"
#include "shared/records/platform/mh-audit.h"

#define PAGE 2000

void
mh_audit_verdict_clear (MhAuditVerdict *verdict)
{
  g_clear_pointer (&verdict->reason, g_free);
  g_clear_pointer (&verdict->head, g_free);
}

static void
breaks (MhAuditVerdict *verdict, MhRecord *row, char *reason)
{
  verdict->broken = mh_record_int (row, MH_AUDIT_ENTRY_SEQ);
  verdict->reason = reason;
}

/* FALSE: this row breaks the chain. */
static gboolean
follows (MhRecord *row, MhAuditVerdict *verdict)
{
  char hash[MH_AUDIT_HASH_LENGTH + 1];
  gint64 seq = mh_record_int (row, MH_AUDIT_ENTRY_SEQ);
  const char *previous = mh_record_text (row, MH_AUDIT_ENTRY_PREVIOUS_HASH);
  const char *before = verdict->head != NULL ? verdict->head : "";

  verdict->rows++;
  if (seq != verdict->head_seq + 1)
    breaks (verdict, row,
            g_strdup_printf ("%" G_GINT64_FORMAT " follows %" G_GINT64_FORMAT ": rows are missing.",
                             seq, verdict->head_seq));
  else if (g_strcmp0 (previous != NULL ? previous : "", before) != 0)
    breaks (verdict, row, g_strdup ("It does not name the hash of the row before."));
  else
    {
      mh_audit_chain_hash (row, before, hash);
      if (g_strcmp0 (hash, mh_record_text (row, MH_AUDIT_ENTRY_HASH)) != 0)
        breaks (verdict, row, g_strdup ("Its content is not what was written."));
    }

  if (verdict->broken != 0)
    return FALSE;

  g_free (verdict->head);
  verdict->head = g_strdup (hash);
  verdict->head_seq = seq;

  return TRUE;
}

/* The write queue counts every row as it is written, in another table: rows that were taken away
 * from the end are missed there. Read before the walk, so that what is written meanwhile does no
 * harm. */
static void
judge_end (MhAuditVerdict *verdict, gint64 written)
{
  if (verdict->broken != 0 || verdict->head_seq >= written)
    return;
  verdict->broken = verdict->head_seq + 1;
  verdict->reason
      = g_strdup_printf ("The end is missing: %" G_GINT64_FORMAT " rows were written.", written);
}

gboolean
mh_audit_verify (MhDb *db, MhAuditVerdict *out_verdict, GError **error)
{
  g_auto (MhAuditVerdict) verdict = { 0 };
  g_autofree char *hash = NULL;
  gint64 written = 0;
  guint n = PAGE;

  if (!mh_audit_store_written (db, &written, &hash, error))
    return FALSE;
  while (n == PAGE && verdict.broken == 0)
    {
      g_autoptr (GPtrArray) rows = mh_audit_store_walk (db, verdict.head_seq, PAGE, error);
      if (rows == NULL)
        return FALSE;
      n = rows->len;
      for (guint i = 0; i < n && follows (g_ptr_array_index (rows, i), &verdict); i++)
        if (verdict.head_seq == written && g_strcmp0 (verdict.head, hash) != 0)
          breaks (&verdict, g_ptr_array_index (rows, i),
                  g_strdup ("It is not the row that was written last."));
    }

  judge_end (&verdict, written);
  *out_verdict = verdict;
  verdict = (MhAuditVerdict){ 0 };

  return TRUE;
}

/* --- heads kept outside --- */

static gboolean
append_line (const char *path, const char *line, GError **error)
{
  int file = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  gssize length = (gssize)strlen (line);
  gboolean done = file >= 0 && write (file, line, (gsize)length) == length && fsync (file) == 0;
  if (file >= 0)
    close (file);
  if (!done)
    mh_error_set (error, MH_ERROR_STORE, "Cannot write the audit head to %s.", path);
  return done;
}

gboolean
mh_audit_export_head (MhDb *db, gint64 now, const char *path, GError **error)
{
  char at[MH_INSTANT_LENGTH + 1];
  g_autoptr (GError) failed = NULL;
  g_autoptr (MhRecord) head = mh_audit_store_head (db, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (head == NULL)
    return TRUE;

  mh_instant_format (now, at);
  g_autofree char *line = g_strdup_printf ("%s %" G_GINT64_FORMAT " %s\n", at,
                                           mh_record_int (head, MH_AUDIT_ENTRY_SEQ),
                                           mh_record_text (head, MH_AUDIT_ENTRY_HASH));

  return append_line (path, line, error);
}

static gboolean
head_is_there (MhDb *db, const char *line, gboolean *out_there, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 3);
  gint64 seq = g_strv_length (parts) == 3 ? g_ascii_strtoll (parts[1], NULL, 10) : 0;
  g_autoptr (GPtrArray) rows = mh_audit_store_walk (db, seq - 1, 1, error);
  if (rows == NULL)
    return FALSE;
  *out_there
      = seq > 0 && rows->len == 1
        && g_strcmp0 (mh_record_text (g_ptr_array_index (rows, 0), MH_AUDIT_ENTRY_HASH), parts[2])
               == 0;
  return TRUE;
}

gboolean
mh_audit_check_heads (MhDb *db, const char *path, char **out_missing, GError **error)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  char *missing = NULL;
  for (guint i = 0; lines[i] != NULL && missing == NULL; i++)
    {
      gboolean there = TRUE;
      if (*lines[i] != '\0' && !head_is_there (db, lines[i], &there, error))
        return FALSE;
      if (!there)
        missing = g_strdup (lines[i]);
    }

  *out_missing = missing;
  return TRUE;
}
