/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/reports/mh-report-access-dialog.h"

#include "client/models/mh-record-list.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/mh-types.h"

#define MH_TYPE_REPORT_ACCESS_DIALOG (mh_report_access_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhReportAccessDialog,
                      mh_report_access_dialog,
                      MH,
                      REPORT_ACCESS_DIALOG,
                      MhDialog)

struct _MhReportAccessDialog
{
  MhDialog parent_instance;
  MhRecordList *accesses;
  MhRecordTable *table;
};

G_DEFINE_FINAL_TYPE (MhReportAccessDialog, mh_report_access_dialog, MH_TYPE_DIALOG)

static const MhTableColumn columns[] = {
  { .field = "by_name", .expand = TRUE }, { .field = "how", .width = 90 },
  { .field = "version_no", .width = 70 }, { .field = "at", .width = 120 },
  { .field = "station", .width = 110 },   { NULL },
};

static void
report_access_dialog_begin (MhDialog *dialog)
{
  MhReportAccessDialog *self = MH_REPORT_ACCESS_DIALOG (dialog);
  mh_dialog_keep (dialog, &self->accesses,
                  mh_record_list_new (mh_dialog_context (dialog), "report.accesses"));
  mh_record_table_setup (self->table, "report-access", &mh_report_access_type, columns,
                         G_LIST_MODEL (self->accesses), MH_TABLE_SINGLE);
}

static void
mh_report_access_dialog_class_init (MhReportAccessDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->begin = report_access_dialog_begin;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/reports/mh-report-access-dialog"));
  gtk_widget_class_bind_template_child (widget, MhReportAccessDialog, table);
}

static void
mh_report_access_dialog_init (MhReportAccessDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_report_access_dialog_show (GtkWidget *parent, MhContext *context, const char *order_id)
{
  const char *args[] = { "id", order_id, NULL };
  MhReportAccessDialog *dialog
      = g_object_new (MH_TYPE_REPORT_ACCESS_DIALOG, "context", context, NULL);
  mh_record_list_set_args (dialog->accesses, args);
  mh_dialog_show (MH_DIALOG (dialog), parent);
}
