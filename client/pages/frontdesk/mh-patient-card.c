/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/frontdesk/mh-patient-card.h"

#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-patient-strip.h"
#include "client/widgets/mh-record-table.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

struct _MhPatientCard
{
  GtkWidget parent_instance;
  MhContext *context;
  MhRecord *patient;
  MhRecordList *orders, *prescriptions;
  GtkWidget *stack, *strip, *waiting, *waiting_box, *table;
};

G_DEFINE_FINAL_TYPE (MhPatientCard, mh_patient_card, GTK_TYPE_WIDGET)

static char *
order_tests (MhRecord *order)
{
  const char *const *names = mh_record_list (order, MH_ORDER_TEST_NAMES);
  return names != NULL ? g_strjoinv (", ", (char **)names) : NULL;
}

static const MhTableColumn columns[] = {
  { .field = "number", .width = 110 },
  { .title = N_ ("Tests"), .text = order_tests, .expand = TRUE },
  { .field = "status" },
  { .field = "due" },
  { NULL },
};

static void
order_activated_cb (MhRecordTable *table, MhRecord *order, MhPatientCard *card)
{
  mh_shell_go (GTK_WIDGET (card), "orders", mh_record_id (order));
}

/* --- prescriptions that wait --- */

static void
order_prescribed_cb (GtkButton *button, MhPatientCard *card)
{
  MhRecord *prescription = g_object_get_data (G_OBJECT (button), "prescription");
  g_autofree char *what = g_strconcat ("prescription:", mh_record_id (prescription), NULL);
  mh_shell_go (GTK_WIDGET (card), "composer", what);
}

static gboolean
waits_at_the_desk (MhRecord *prescription)
{
  const char *const *tests = mh_record_list (prescription, MH_PRESCRIPTION_TESTS);
  return tests != NULL && tests[0] != NULL
         && !mh_record_has (prescription, MH_PRESCRIPTION_ORDER_ID)
         && g_strcmp0 (mh_record_text (prescription, MH_PRESCRIPTION_STATUS),
                       MH_PRESCRIPTION_STATUS_SIGNED)
                == 0;
}

static GtkWidget *
prescription_row (MhPatientCard *card, MhRecord *prescription)
{
  GtkWidget *row = mh_hbox (MH_GAP);
  g_autofree char *tests
      = g_strjoinv (", ", (char **)mh_record_list (prescription, MH_PRESCRIPTION_TESTS));
  const char *doctor = mh_record_text (prescription, MH_PRESCRIPTION_DOCTOR_NAME);
  g_autofree char *text = g_strdup_printf ("%s — %s", doctor != NULL ? doctor : "", tests);
  GtkWidget *label = mh_label (text, NULL);
  GtkWidget *button = gtk_button_new_with_label (_ ("Order these"));
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "prescription", g_object_ref (prescription),
                          g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (order_prescribed_cb), card);
  mh_box_append (row, label);
  mh_box_append (row, button);
  return row;
}

static void
prescriptions_changed_cb (GListModel *model,
                          guint at,
                          guint removed,
                          guint added,
                          MhPatientCard *card)
{
  guint shown = 0;
  mh_box_clear (card->waiting_box);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (MhRecord) prescription = g_list_model_get_item (model, i);
      if (!waits_at_the_desk (prescription))
        continue;
      mh_box_append (card->waiting_box, prescription_row (card, prescription));
      shown++;
    }
  gtk_widget_set_visible (card->waiting, shown > 0);
}

/* --- making it --- */

static GtkWidget *
make_actions (void)
{
  GtkWidget *box = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), 4);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (box), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (box), 6);
  GtkWidget *order = mh_button (_ ("_Order tests · F2"), NULL, "desk.order");
  gtk_widget_add_css_class (order, "suggested-action");
  gtk_flow_box_append (GTK_FLOW_BOX (box), order);
  gtk_flow_box_append (GTK_FLOW_BOX (box),
                       mh_button (_ ("_Prescribe · F3"), NULL, "desk.prescribe"));
  gtk_flow_box_append (GTK_FLOW_BOX (box), mh_button (_ ("_Change · F4"), NULL, "desk.change"));
  return box;
}

static void
make_waiting (MhPatientCard *card)
{
  card->waiting = mh_vbox (6);
  card->waiting_box = mh_vbox (6);
  gtk_widget_add_css_class (card->waiting, "card");
  gtk_widget_add_css_class (card->waiting, "mh-inset");
  mh_box_append (card->waiting, mh_heading (_ ("Prescribed, not ordered yet")));
  mh_box_append (card->waiting, card->waiting_box);
  gtk_widget_set_visible (card->waiting, FALSE);
}

static void
mh_patient_card_dispose (GObject *object)
{
  MhPatientCard *card = MH_PATIENT_CARD (object);
  g_clear_pointer (&card->stack, gtk_widget_unparent);
  g_clear_object (&card->orders);
  g_clear_object (&card->prescriptions);
  g_clear_object (&card->patient);
  g_clear_object (&card->context);
  G_OBJECT_CLASS (mh_patient_card_parent_class)->dispose (object);
}

static void
mh_patient_card_class_init (MhPatientCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_patient_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mh_patient_card_init (MhPatientCard *card)
{
}

GtkWidget *
mh_patient_card_new (MhContext *context)
{
  MhPatientCard *card = g_object_new (MH_TYPE_PATIENT_CARD, NULL);
  GtkWidget *box = mh_vbox (MH_GAP);
  card->context = g_object_ref (context);
  card->orders = mh_record_list_new (context, "order.list");
  card->prescriptions = mh_record_list_new (context, "prescription.list");
  card->stack = gtk_stack_new ();
  card->strip = mh_patient_strip_new ();
  make_waiting (card);
  card->table = mh_record_table_new ("patient-orders", &mh_order_type, columns,
                                     G_LIST_MODEL (card->orders), MH_TABLE_SINGLE);
  mh_record_table_set_empty (MH_RECORD_TABLE (card->table), NULL, _ ("No orders yet"),
                             _ ("F2 composes the first one."), NULL, NULL);
  g_signal_connect (card->table, "activated", G_CALLBACK (order_activated_cb), card);
  g_signal_connect_object (card->prescriptions, "items-changed",
                           G_CALLBACK (prescriptions_changed_cb), card, 0);
  gtk_widget_add_css_class (box, "mh-pane");
  mh_box_append (box, card->strip);
  mh_box_append (box, make_actions ());
  mh_box_append (box, card->waiting);
  mh_box_append (box, mh_heading (_ ("Orders")));
  gtk_widget_set_vexpand (card->table, TRUE);
  mh_box_append (box, card->table);
  gtk_stack_add_named (
      GTK_STACK (card->stack),
      mh_empty_new ("system-users-symbolic", _ ("Nobody chosen"),
                    _ ("Type a part of the name, the phone or the MRN, or scan a card."),
                    _ ("New patient"), "desk.new"),
      "nobody");
  gtk_stack_add_named (GTK_STACK (card->stack), box, "patient");
  gtk_widget_set_parent (card->stack, GTK_WIDGET (card));
  return GTK_WIDGET (card);
}

MhRecord *
mh_patient_card_patient (MhPatientCard *card)
{
  return card->patient;
}

void
mh_patient_card_show (MhPatientCard *card, MhRecord *patient)
{
  char today[11];
  gboolean other = card->patient == NULL || patient == NULL
                   || g_strcmp0 (mh_record_id (card->patient), mh_record_id (patient)) != 0;
  g_set_object (&card->patient, patient);
  gtk_stack_set_visible_child_name (GTK_STACK (card->stack),
                                    patient != NULL ? "patient" : "nobody");
  mh_patient_strip_show (MH_PATIENT_STRIP (card->strip), patient, mh_today (card->context, today));
  if (patient == NULL || !other)
    return;
  const char *args[] = { "patient_id", mh_record_id (patient), "limit", "20", NULL };
  mh_record_list_set_args (card->orders, args);
  if (mh_context_may (card->context, "prescription.read"))
    mh_record_list_set_args (card->prescriptions, args);
}
