/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-dialog.h"

#include "client/compat/mh-burst.h"
#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-part.h"
#include "client/widgets/base/mh-scan.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/form/mh-typed.h"
#include "shared/base/mh-check-digit.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  MhPart part;
  GtkWidget *opener;
  MhTyped *typed; /* weak; NULL: nothing is kept, or it was not shown yet */
  char *about;
} MhDialogPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MhDialog, mh_dialog, ADW_TYPE_WINDOW)

enum
{
  PROP_CONTEXT = 1,
  PROP_BODY,
  PROP_SELF,
  PROP_REVISION,
  PROP_PROBLEM,
  PROP_BUSY,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static MhPart *
dialog_part_of (gpointer dialog)
{
  MhDialogPrivate *priv = mh_dialog_get_instance_private (MH_DIALOG (dialog));
  return &priv->part;
}

static void
mh_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MhPart *part = dialog_part_of (object);
  if (id == PROP_REVISION)
    g_value_set_uint (value, part->revision);
  else if (id == PROP_PROBLEM)
    g_value_set_string (value, part->problem);
  else if (id == PROP_BUSY)
    g_value_set_boolean (value, part->busy);
  else if (id == PROP_SELF)
    g_value_set_object (value, part->context != NULL ? object : NULL);
  else
    g_value_set_object (value, part->context);
}

static void
mh_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_BODY)
    mh_dialog_fill (ADW_WINDOW (object), g_value_get_object (value));
  else if (mh_part_take_context (dialog_part_of (object), GTK_WIDGET (object),
                                 g_value_get_object (value)))
    {
      if (MH_DIALOG_GET_CLASS (object)->begin != NULL)
        MH_DIALOG_GET_CLASS (object)->begin (MH_DIALOG (object));
      g_object_notify_by_pspec (object, props[PROP_SELF]);
    }
}

/* Escape, the window's button, the end: what was typed last is kept. */
static void
mh_dialog_unmap (GtkWidget *widget)
{
  MhDialogPrivate *priv = mh_dialog_get_instance_private (MH_DIALOG (widget));
  if (priv->typed != NULL)
    mh_typed_flush (priv->typed);
  GTK_WIDGET_CLASS (mh_dialog_parent_class)->unmap (widget);
}

static void
mh_dialog_dispose (GObject *object)
{
  mh_part_dispose (dialog_part_of (object), GTK_WIDGET (object), MH_TYPE_DIALOG);
  G_OBJECT_CLASS (mh_dialog_parent_class)->dispose (object);
}

static void
mh_dialog_finalize (GObject *object)
{
  MhDialogPrivate *priv = mh_dialog_get_instance_private (MH_DIALOG (object));
  g_clear_weak_pointer (&priv->opener);
  g_clear_weak_pointer (&priv->typed);
  g_free (priv->about);
  g_free (priv->part.problem);
  G_OBJECT_CLASS (mh_dialog_parent_class)->finalize (object);
}

static void
mh_dialog_class_init (MhDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = mh_dialog_get_property;
  object_class->set_property = mh_dialog_set_property;
  object_class->dispose = mh_dialog_dispose;
  object_class->finalize = mh_dialog_finalize;
  GTK_WIDGET_CLASS (klass)->unmap = mh_dialog_unmap;
  props[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, MH_TYPE_CONTEXT,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_BODY] = g_param_spec_object ("body", NULL, NULL, GTK_TYPE_WIDGET,
                                          G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SELF] = g_param_spec_object ("self", NULL, NULL, MH_TYPE_DIALOG,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_BUSY]
      = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_REVISION] = g_param_spec_uint ("revision", NULL, NULL, 0, G_MAXUINT, 0,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

/* A scan goes to the field that waits for it; another code of the house belongs to something else
 * than what the dialog is about. */
static gboolean
mh_dialog_burst_cb (GtkWindow *window, const char *text)
{
  g_autofree char *code = NULL;
  MhScanKind kind = mh_scan_classify (text, &code);
  gboolean own = kind != MH_SCAN_NONE && kind != MH_SCAN_ORDER;

  if (mh_scan_fill (GTK_WIDGET (window), (int)kind, code != NULL ? code : text))
    return TRUE;
  if (!own && (mh_burst_types_text (window) || g_utf8_strlen (text, -1) < MH_BURST_CODE))
    return FALSE;

  mh_shell_toast (mh_dialog_opener (MH_DIALOG (window)),
                  _ ("Finish or close the window that is open first; then scan again."));
  return TRUE;
}

static void
mh_dialog_init (MhDialog *dialog)
{
  mh_part_init (dialog_part_of (dialog));
  mh_burst_watch (GTK_WINDOW (dialog), mh_dialog_burst_cb);
}

MhContext *
mh_dialog_context (MhDialog *dialog)
{
  g_return_val_if_fail (MH_IS_DIALOG (dialog), NULL);
  return dialog_part_of (dialog)->context;
}

GCancellable *
mh_dialog_cancellable (MhDialog *dialog)
{
  g_return_val_if_fail (MH_IS_DIALOG (dialog), NULL);
  return dialog_part_of (dialog)->cancellable;
}

void
mh_dialog_changed (MhDialog *dialog)
{
  g_return_if_fail (MH_IS_DIALOG (dialog));
  dialog_part_of (dialog)->revision++;
  g_object_notify_by_pspec (G_OBJECT (dialog), props[PROP_REVISION]);
}

void
mh_dialog_complain (MhDialog *dialog, const char *words)
{
  g_return_if_fail (MH_IS_DIALOG (dialog));
  MhPart *part = dialog_part_of (dialog);
  char *before = part->problem;
  part->problem = g_strdup (words);
  g_free (before);
  g_object_notify_by_pspec (G_OBJECT (dialog), props[PROP_PROBLEM]);
}

void
mh_dialog_set_busy (MhDialog *dialog, gboolean busy)
{
  g_return_if_fail (MH_IS_DIALOG (dialog));
  dialog_part_of (dialog)->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (dialog), props[PROP_BUSY]);
}

void
mh_dialog_keep (MhDialog *dialog, gpointer location, gpointer object)
{
  g_return_if_fail (MH_IS_DIALOG (dialog));
  mh_part_keep (dialog_part_of (dialog), location, object);
}

/* --- what is typed --- */

void
mh_dialog_about (MhDialog *dialog, const char *id)
{
  g_return_if_fail (MH_IS_DIALOG (dialog));
  MhDialogPrivate *priv = mh_dialog_get_instance_private (dialog);
  g_free (priv->about);
  priv->about = g_strdup (id);
}

/* Above the body, below the header bar. */
static void
mh_dialog_keep_typed (MhDialog *dialog)
{
  MhDialogPrivate *priv = mh_dialog_get_instance_private (dialog);
  MhDialogClass *klass = MH_DIALOG_GET_CLASS (dialog);
  GtkWidget *content = adw_window_get_content (ADW_WINDOW (dialog));
  if (klass->drafts == NULL || priv->typed != NULL || dialog_part_of (dialog)->context == NULL
      || !GTK_IS_BOX (content))
    return;

  GtkWidget *typed = mh_typed_new ();
  const gboolean apart = g_str_has_suffix (klass->drafts, "/");
  g_autofree char *form = g_strdup_printf ("%s%s%s/", klass->drafts, apart ? "" : "/",
                                           priv->about != NULL ? priv->about : "new");
  g_object_set (typed, "apart", apart, NULL);

  gtk_box_insert_child_after (GTK_BOX (content), typed, gtk_widget_get_first_child (content));
  g_set_weak_pointer (&priv->typed, MH_TYPED (typed));
  if (klass->tell != NULL)
    mh_typed_set_more (priv->typed, (char *(*)(gpointer))klass->tell,
                       (void (*) (gpointer, const char *))klass->take, dialog);

  mh_typed_watch (priv->typed, dialog_part_of (dialog)->context, content, form);
}

void
mh_dialog_touch (MhDialog *dialog)
{
  g_return_if_fail (MH_IS_DIALOG (dialog));
  MhDialogPrivate *priv = mh_dialog_get_instance_private (dialog);
  if (priv->typed != NULL)
    mh_typed_touch (priv->typed);
}

void
mh_dialog_done (MhDialog *dialog)
{
  g_return_if_fail (MH_IS_DIALOG (dialog));
  MhDialogPrivate *priv = mh_dialog_get_instance_private (dialog);
  if (priv->typed != NULL)
    mh_typed_done (priv->typed);
}

void
mh_dialog_show (MhDialog *dialog, GtkWidget *opener)
{
  g_return_if_fail (MH_IS_DIALOG (dialog));
  MhDialogPrivate *priv = mh_dialog_get_instance_private (dialog);
  GtkRoot *root = opener != NULL ? gtk_widget_get_root (opener) : NULL;
  g_set_weak_pointer (&priv->opener, opener);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  mh_dialog_keep_typed (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
mh_dialog_is_closed (MhDialog *dialog)
{
  g_return_val_if_fail (MH_IS_DIALOG (dialog), TRUE);
  return !gtk_widget_get_visible (GTK_WIDGET (dialog));
}

GtkWidget *
mh_dialog_opener (MhDialog *dialog)
{
  g_return_val_if_fail (MH_IS_DIALOG (dialog), NULL);
  MhDialogPrivate *priv = mh_dialog_get_instance_private (dialog);
  return priv->opener;
}

gboolean
mh_dialog_fail (MhDialog *dialog, const GError *error, GtkLabel *problem, GtkWidget *again)
{
  g_return_val_if_fail (MH_IS_DIALOG (dialog), FALSE);
  if (error == NULL)
    return FALSE;

  if (mh_dialog_is_closed (dialog))
    {
      mh_shell_fail (mh_dialog_opener (dialog), error);
      return TRUE;
    }

  mh_refusal_show (GTK_WIDGET (dialog), error, problem, MH_DIALOG_GET_CLASS (dialog)->places);
  mh_dialog_set_busy (dialog, FALSE);
  if (again != NULL)
    gtk_widget_set_sensitive (again, TRUE);
  return TRUE;
}

void
mh_dialog_end (MhDialog *dialog, const char *toast)
{
  g_return_if_fail (MH_IS_DIALOG (dialog));
  mh_dialog_done (dialog);
  if (toast != NULL)
    mh_shell_toast (mh_dialog_opener (dialog), toast);
  if (!mh_dialog_is_closed (dialog))
    gtk_window_destroy (GTK_WINDOW (dialog));
}
