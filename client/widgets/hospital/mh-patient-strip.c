/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/hospital/mh-patient-strip.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-photo.h"
#include "client/models/mh-read.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/media/mh-picture-file.h"
#include "shared/base/mh-date.h"
#include "shared/records/people/mh-patient.h"

#include <glib/gi18n-lib.h>

struct _MhPatientStrip
{
  GtkWidget parent_instance;
  GtkWidget *avatar;
  GtkWidget *name;
  GtkWidget *native;
  GtkWidget *facts;
  MhWrap *chips; /* allergies, then flags */
  MhRecord *patient;
  GCancellable *loading, *photo_loading;
  char *photo_id; /* whose picture is shown, or on its way */
  char today[11];
};

G_DEFINE_FINAL_TYPE (MhPatientStrip, mh_patient_strip, GTK_TYPE_WIDGET)

static void
patient_strip_forget (MhPatientStrip *strip)
{
  if (strip->patient != NULL)
    g_signal_handlers_disconnect_by_data (strip->patient, strip);
  g_clear_object (&strip->patient);
}

static void
stop_loading (MhPatientStrip *strip)
{
  if (strip->loading != NULL)
    g_cancellable_cancel (strip->loading);
  g_clear_object (&strip->loading);
}

static void
forget_photo (MhPatientStrip *strip)
{
  if (strip->photo_loading != NULL)
    g_cancellable_cancel (strip->photo_loading);
  g_clear_object (&strip->photo_loading);
  g_clear_pointer (&strip->photo_id, g_free);
}

static void
mh_patient_strip_dispose (GObject *object)
{
  MhPatientStrip *strip = MH_PATIENT_STRIP (object);
  stop_loading (strip);
  forget_photo (strip);
  patient_strip_forget (strip);
  mh_template_dispose (GTK_WIDGET (strip), MH_TYPE_PATIENT_STRIP);
  G_OBJECT_CLASS (mh_patient_strip_parent_class)->dispose (object);
}

/* What hangs on who is on the screen: the bar of a protected chart. */
static void
tell_window (MhPatientStrip *strip)
{
  gtk_widget_activate_action (GTK_WIDGET (strip), "win.patient-changed", NULL);
}

static void
mh_patient_strip_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mh_patient_strip_parent_class)->map (widget);
  tell_window (MH_PATIENT_STRIP (widget));
}

static void
mh_patient_strip_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mh_patient_strip_parent_class)->unmap (widget);
  tell_window (MH_PATIENT_STRIP (widget));
}

static void
mh_patient_strip_class_init (MhPatientStripClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_patient_strip_dispose;
  widget->map = mh_patient_strip_map;
  widget->unmap = mh_patient_strip_unmap;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_GROUP);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("widgets/hospital/mh-patient-strip"));
  gtk_widget_class_bind_template_child (widget, MhPatientStrip, avatar);
  gtk_widget_class_bind_template_child (widget, MhPatientStrip, name);
  gtk_widget_class_bind_template_child (widget, MhPatientStrip, native);
  gtk_widget_class_bind_template_child (widget, MhPatientStrip, facts);
  gtk_widget_class_bind_template_child (widget, MhPatientStrip, chips);
  mh_closures_bind (widget);
}

static void
mh_patient_strip_init (MhPatientStrip *strip)
{
  gtk_widget_init_template (GTK_WIDGET (strip));
}

GtkWidget *
mh_patient_strip_new (void)
{
  return g_object_new (MH_TYPE_PATIENT_STRIP, NULL);
}

static void
add_chip (MhPatientStrip *strip, const char *text, const char *style)
{
  GtkWidget *chip = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (chip), TRUE);
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_widget_add_css_class (chip, "mh-chip");
  if (style != NULL)
    gtk_widget_add_css_class (chip, style);
  mh_wrap_append (strip->chips, chip);
}

static void
show_allergies (MhPatientStrip *strip)
{
  const char *status = mh_record_text (strip->patient, MH_PATIENT_ALLERGY_STATUS);
  const char *const *list = mh_record_list (strip->patient, MH_PATIENT_ALLERGIES);
  if (list != NULL && list[0] != NULL)
    {
      g_autofree char *joined = g_strjoinv (", ", (char **)list);
      g_autofree char *text = g_strconcat ("⚠ ", joined, NULL);
      add_chip (strip, text, "mh-chip-known");
    }
  else if (g_strcmp0 (status, MH_ALLERGY_NONE) == 0)
    add_chip (strip, _ ("No known allergies"), NULL);
  else
    add_chip (strip, _ ("Allergies not asked"), "mh-chip-asked");
}

static void
show_death (MhPatientStrip *strip)
{
  gint64 at = mh_record_int (strip->patient, MH_PATIENT_DECEASED_AT);
  if (!mh_record_bool (strip->patient, MH_PATIENT_DECEASED))
    return;
  g_autofree char *day = at != 0 ? mh_when_day (at) : NULL;
  /* Translators: %s is a day, such as 12 Nov 2026 */
  g_autofree char *text
      = day != NULL ? g_strdup_printf (_ ("Died %s"), day) : g_strdup (_ ("Deceased"));
  add_chip (strip, text, "mh-chip-known");
}

static void
patient_strip_show_chips (MhPatientStrip *strip)
{
  mh_wrap_clear (strip->chips);
  show_allergies (strip);
  show_death (strip);
  if (mh_record_bool (strip->patient, MH_PATIENT_VIP))
    add_chip (strip, _ ("★ VIP"), "mh-chip-asked");
  if (mh_record_bool (strip->patient, MH_PATIENT_PREGNANT))
    add_chip (strip, _ ("Pregnant"), "mh-chip-asked");
  if (mh_record_bool (strip->patient, MH_PATIENT_POSSIBLE_DUPLICATE))
    add_chip (strip, _ ("Possible duplicate"), "mh-chip-asked");
}

/* --- the photo; initials until it is here, and where there is none --- */

static void
set_photo (MhPatientStrip *strip, GBytes *photo)
{
  g_autoptr (GdkTexture) texture = photo != NULL ? mh_picture_file_texture (photo, NULL) : NULL;
  adw_avatar_set_custom_image (ADW_AVATAR (strip->avatar),
                               texture != NULL ? GDK_PAINTABLE (texture) : NULL);
  mh_accessible_name (strip->avatar, texture != NULL ? _ ("Photo of the patient") : _ ("Initials"));
}

static void
patient_strip_photo_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPatientStrip) strip = data;
  g_autoptr (GBytes) photo = mh_photo_finish (result);
  /* Another patient may be here by now. */
  if (strip->photo_loading == NULL
      || g_task_get_cancellable (G_TASK (result)) != strip->photo_loading)
    return;
  g_clear_object (&strip->photo_loading);
  set_photo (strip, photo);
  if (photo == NULL)
    g_clear_pointer (&strip->photo_id, g_free);
}

static void
show_photo (MhPatientStrip *strip)
{
  const char *id = mh_record_text (strip->patient, MH_PATIENT_PHOTO_ID);
  GtkWidget *pane = gtk_widget_get_ancestor (GTK_WIDGET (strip), MH_TYPE_PANE);
  MhContext *context = pane != NULL ? mh_pane_context (MH_PANE (pane)) : NULL;
  if (strip->photo_id != NULL && g_strcmp0 (strip->photo_id, id) == 0)
    return;

  forget_photo (strip);
  set_photo (strip, NULL);
  if (id == NULL || context == NULL)
    return;

  strip->photo_id = g_strdup (id);
  strip->photo_loading = g_cancellable_new ();
  mh_photo_async (context, strip->patient, strip->photo_loading, patient_strip_photo_cb,
                  g_object_ref (strip));
}

static void
patient_strip_show_cb (MhPatientStrip *strip)
{
  MhRecord *patient = strip->patient;
  g_autofree char *name = mh_words_patient (patient);
  g_autofree char *age = mh_words_age_sex (mh_record_text (patient, MH_PATIENT_BIRTH_DATE),
                                           mh_record_text (patient, MH_PATIENT_SEX), strip->today);
  const char *mrn = mh_record_text (patient, MH_PATIENT_MRN);
  const char *phone = mh_record_text (patient, MH_PATIENT_PHONE);
  const char *native = mh_record_text (patient, MH_PATIENT_NATIVE_NAME);
  g_autofree char *shown = mh_words_mrn (mrn);
  g_autofree char *facts
      = g_strconcat (age, " · ", mrn != NULL ? shown : _ ("MRN not yet given"),
                     phone != NULL ? " · ☎\302\240" : "", phone != NULL ? phone : "", NULL);

  adw_avatar_set_text (ADW_AVATAR (strip->avatar), name);
  gtk_label_set_label (GTK_LABEL (strip->name), name);
  gtk_label_set_label (GTK_LABEL (strip->native), native != NULL ? native : "");
  gtk_label_set_label (GTK_LABEL (strip->facts), facts);
  show_photo (strip);
  patient_strip_show_chips (strip);
  mh_accessible_name (GTK_WIDGET (strip), name);
}

void
mh_patient_strip_show (MhPatientStrip *strip, MhRecord *patient, const char *today)
{
  g_return_if_fail (MH_IS_PATIENT_STRIP (strip));
  if (patient != NULL)
    g_object_ref (patient);
  patient_strip_forget (strip);
  strip->patient = patient;
  if (today != NULL)
    g_strlcpy (strip->today, today, sizeof strip->today);
  gtk_widget_set_visible (GTK_WIDGET (strip), patient != NULL);
  if (patient == NULL)
    return;

  g_signal_connect_swapped (patient, "notify", G_CALLBACK (patient_strip_show_cb), strip);
  patient_strip_show_cb (strip);
  tell_window (strip);
}

MhRecord *
mh_patient_strip_patient (MhPatientStrip *strip)
{
  g_return_val_if_fail (MH_IS_PATIENT_STRIP (strip), NULL);
  return strip->patient;
}

static void
patient_strip_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPatientStrip) strip = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient = mh_read_finish (result, &error);
  char today[11];
  if (patient == NULL)
    {
      mh_shell_fail (GTK_WIDGET (strip), error);
      return;
    }
  mh_patient_strip_show (strip, patient, mh_when_today_text (today));
}

void
mh_patient_strip_load (MhPatientStrip *strip, MhContext *context, const char *id)
{
  g_return_if_fail (MH_IS_PATIENT_STRIP (strip));
  stop_loading (strip);
  if (id == NULL || strip->patient == NULL || g_strcmp0 (mh_record_id (strip->patient), id) != 0)
    mh_patient_strip_show (strip, NULL, NULL);
  if (id == NULL)
    return;
  strip->loading = g_cancellable_new ();
  mh_read_async (context, "patient.read", id, strip->loading, patient_strip_loaded_cb,
                 g_object_ref (strip));
}
