/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/media/mh-camera-dialog.h"

#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/media/mh-camera.h"

#include <glib/gi18n-lib.h>

/* Of what is shown when a picture is not cut: a page lying before most cameras. */
#define WIDE_RATIO (4.0f / 3.0f)

struct _MhCameraDialog
{
  MhDialog parent_instance;
  GTask *task; /* NULL: answered */
  GBytes *taken;
  int mode;
  gboolean shooting;
  GtkStack *stack;
  GtkAspectFrame *frame;
  MhCamera *camera;
  GtkSpinner *spinner;
  AdwStatusPage *trouble;
  GtkDropDown *which;
  GtkWidget *again, *look, *keep, *shutter, *file;
};

G_DEFINE_FINAL_TYPE (MhCameraDialog, mh_camera_dialog, MH_TYPE_DIALOG)

static const struct
{
  MhCameraState state;
  const char *title, *words;
} troubles[] = {
  { MH_CAMERA_NONE, N_ ("No camera found"),
    N_ ("Connect a camera and look again, or choose a file.") },
  { MH_CAMERA_REFUSED, N_ ("The camera was refused"),
    N_ ("Allow it for this program in the privacy settings of the desktop, or choose a file.") },
  { MH_CAMERA_BUSY, N_ ("Another program uses the camera"),
    N_ ("Close that program and look again, or choose a file.") },
  { MH_CAMERA_LOST, N_ ("The camera stopped"),
    N_ ("Is it still connected? Look again, or choose a file.") },
};

typedef enum
{
  LOOKING,
  LIVE,
  TAKEN,
  TROUBLE
} Mode;

/* Closes it; @picture: transfer full. */
static void
camera_dialog_answer (MhCameraDialog *dialog, GBytes *picture, gboolean file)
{
  g_autoptr (GTask) task = g_steal_pointer (&dialog->task);
  if (task == NULL)
    return;
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_task_set_task_data (task, GINT_TO_POINTER (file), NULL);
  g_task_return_pointer (task, picture, (GDestroyNotify)g_bytes_unref);
}

/* --- what is on show --- */

static Mode
mode_of (MhCameraDialog *dialog)
{
  MhCameraState state = mh_camera_state (dialog->camera);
  if (dialog->taken != NULL)
    return TAKEN;
  if (state >= MH_CAMERA_NONE)
    return TROUBLE;
  return state == MH_CAMERA_LIVE ? LIVE : LOOKING;
}

/* Without a trouble no words: a screen reader finds those of a hidden page too. */
static void
say_trouble (MhCameraDialog *dialog)
{
  adw_status_page_set_title (dialog->trouble, "");
  adw_status_page_set_description (dialog->trouble, "");
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (troubles[i].state == mh_camera_state (dialog->camera))
      {
        adw_status_page_set_title (dialog->trouble, _ (troubles[i].title));
        adw_status_page_set_description (dialog->trouble, _ (troubles[i].words));
      }
}

static void
camera_dialog_refresh_cb (MhCameraDialog *dialog)
{
  if (dialog->task == NULL)
    return;

  Mode mode = mode_of (dialog);
  GListModel *names = gtk_drop_down_get_model (dialog->which);
  gboolean choice = names != NULL && g_list_model_get_n_items (names) > 1;
  GtkWidget *first[] = { dialog->file, dialog->shutter, dialog->keep, dialog->look };

  say_trouble (dialog);
  gtk_stack_set_visible_child_name (dialog->stack, mode == TROUBLE ? "trouble" : "camera");
  gtk_widget_set_visible (GTK_WIDGET (dialog->spinner), mode == LOOKING);
  gtk_widget_set_visible (GTK_WIDGET (dialog->which), choice && mode != TAKEN);
  gtk_widget_set_visible (dialog->shutter, mode == LOOKING || mode == LIVE);
  gtk_widget_set_sensitive (dialog->shutter, mode == LIVE && !dialog->shooting);
  gtk_widget_set_visible (dialog->keep, mode == TAKEN);
  gtk_widget_set_visible (dialog->again, mode == TAKEN);
  gtk_widget_set_visible (dialog->look, mode == TROUBLE);
  if (mode != dialog->mode)
    gtk_widget_grab_focus (first[mode]);
  dialog->mode = mode;
}

/* --- what is done --- */

static void
shot_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCameraDialog) dialog = data;
  GBytes *picture = mh_camera_shoot_finish (MH_CAMERA (source), result, NULL);
  dialog->shooting = FALSE;
  if (dialog->task == NULL)
    g_clear_pointer (&picture, g_bytes_unref);
  else
    dialog->taken = picture;
  camera_dialog_refresh_cb (dialog);
}

static void
shoot_cb (MhCameraDialog *dialog)
{
  if (dialog->shooting || mode_of (dialog) != LIVE)
    return;
  dialog->shooting = TRUE;
  mh_camera_shoot_async (dialog->camera, NULL, shot_cb, g_object_ref (dialog));
  camera_dialog_refresh_cb (dialog);
}

static void
camera_dialog_again_cb (MhCameraDialog *dialog)
{
  g_clear_pointer (&dialog->taken, g_bytes_unref);
  mh_camera_go_on (dialog->camera);
  camera_dialog_refresh_cb (dialog);
}

static void
camera_dialog_keep_cb (MhCameraDialog *dialog)
{
  if (dialog->taken != NULL)
    camera_dialog_answer (dialog, g_steal_pointer (&dialog->taken), FALSE);
}

static void
file_cb (MhCameraDialog *dialog)
{
  camera_dialog_answer (dialog, NULL, TRUE);
}

/* In sight first: only then is a camera opened. */
static void
camera_dialog_look_cb (MhCameraDialog *dialog)
{
  gtk_stack_set_visible_child_name (dialog->stack, "camera");
  mh_camera_look_again (dialog->camera);
}

static void
camera_dialog_chosen_cb (MhCameraDialog *dialog)
{
  guint which = gtk_drop_down_get_selected (dialog->which);
  if (which != GTK_INVALID_LIST_POSITION)
    mh_camera_choose (dialog->camera, which);
}

static gboolean
camera_dialog_close_cb (MhCameraDialog *dialog)
{
  camera_dialog_answer (dialog, NULL, FALSE);
  return TRUE;
}

/* --- making it --- */

static void
camera_dialog_begin (MhDialog *parent)
{
  MhCameraDialog *dialog = MH_CAMERA_DIALOG (parent);
  g_autoptr (GListModel) names = NULL;
  g_object_get (dialog->camera, "names", &names, NULL);
  gtk_drop_down_set_model (dialog->which, names);
}

static void
mh_camera_dialog_finalize (GObject *object)
{
  MhCameraDialog *dialog = MH_CAMERA_DIALOG (object);
  if (dialog->task != NULL)
    g_task_return_pointer (dialog->task, NULL, NULL);
  g_clear_object (&dialog->task);
  g_clear_pointer (&dialog->taken, g_bytes_unref);
  G_OBJECT_CLASS (mh_camera_dialog_parent_class)->finalize (object);
}

static void
mh_camera_dialog_class_init (MhCameraDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_camera_dialog_finalize;
  MH_DIALOG_CLASS (klass)->begin = camera_dialog_begin;

  g_type_ensure (MH_TYPE_CAMERA);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("widgets/media/mh-camera-dialog"));

  gtk_widget_class_bind_template_child (widget, MhCameraDialog, stack);
  gtk_widget_class_bind_template_child (widget, MhCameraDialog, frame);
  gtk_widget_class_bind_template_child (widget, MhCameraDialog, camera);
  gtk_widget_class_bind_template_child (widget, MhCameraDialog, spinner);
  gtk_widget_class_bind_template_child (widget, MhCameraDialog, trouble);
  gtk_widget_class_bind_template_child (widget, MhCameraDialog, which);
  gtk_widget_class_bind_template_child (widget, MhCameraDialog, again);
  gtk_widget_class_bind_template_child (widget, MhCameraDialog, look);
  gtk_widget_class_bind_template_child (widget, MhCameraDialog, keep);
  gtk_widget_class_bind_template_child (widget, MhCameraDialog, shutter);
  gtk_widget_class_bind_template_child (widget, MhCameraDialog, file);

  gtk_widget_class_bind_template_callback (widget, camera_dialog_refresh_cb);
  gtk_widget_class_bind_template_callback (widget, shoot_cb);
  gtk_widget_class_bind_template_callback (widget, camera_dialog_again_cb);
  gtk_widget_class_bind_template_callback (widget, camera_dialog_keep_cb);
  gtk_widget_class_bind_template_callback (widget, file_cb);
  gtk_widget_class_bind_template_callback (widget, camera_dialog_look_cb);
  gtk_widget_class_bind_template_callback (widget, camera_dialog_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, camera_dialog_close_cb);
}

static void
mh_camera_dialog_init (MhCameraDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_camera_ask_async (GtkWidget *parent,
                     MhContext *context,
                     const char *title,
                     gboolean portrait,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  MhCameraDialog *dialog
      = g_object_new (MH_TYPE_CAMERA_DIALOG, "context", context, "title", title, NULL);
  dialog->task = g_task_new (parent, NULL, callback, data);
  mh_camera_set_cut (dialog->camera, portrait);
  gtk_aspect_frame_set_ratio (dialog->frame, portrait ? 1 : WIDE_RATIO);
  mh_dialog_show (MH_DIALOG (dialog), parent);
  camera_dialog_refresh_cb (dialog);
}

GBytes *
mh_camera_ask_finish (GAsyncResult *result, gboolean *out_file)
{
  *out_file = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
