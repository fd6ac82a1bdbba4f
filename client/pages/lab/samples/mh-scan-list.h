/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A list box of tube numbers that are scanned one after the other, some of them expected. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _MhScanList MhScanList;

/* @box is the template's and stays. */
MhScanList *mh_scan_list_new (GtkListBox *box);
void mh_scan_list_free (MhScanList *list);
/* A number that should come; @detail stands behind it, or NULL. */
void mh_scan_list_expect (MhScanList *list, const char *accession, const char *detail);
typedef enum
{
  MH_SCANNED_NEW,      /* it was not expected, or nothing is */
  MH_SCANNED_EXPECTED, /* one of those that should come */
  MH_SCANNED_AGAIN,
  MH_SCANNED_BAD, /* the check character is wrong */
} MhScanned;
/* @typed as it came from the scanner. */
MhScanned mh_scan_list_scan (MhScanList *list, const char *typed);
void mh_scan_list_clear (MhScanList *list);
guint mh_scan_list_n_scanned (MhScanList *list);
guint mh_scan_list_n_expected (MhScanList *list);
guint mh_scan_list_n_missing (MhScanList *list);
/* NULL-terminated; caller frees. */
GStrv mh_scan_list_scanned (MhScanList *list);
GStrv mh_scan_list_expected (MhScanList *list);

G_END_DECLS
