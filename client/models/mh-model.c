/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-model.h"

typedef struct
{
  MhContext *context;
  GCancellable *cancellable;
  char *problem;
  gboolean loading;
} MhModelPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MhModel, mh_model, G_TYPE_OBJECT)

enum
{
  PROP_CONTEXT = 1,
  PROP_LOADING,
  PROP_PROBLEM,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static MhModelPrivate *
own (gpointer model)
{
  return mh_model_get_instance_private (MH_MODEL (model));
}

static void
mh_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_CONTEXT)
    g_value_set_object (value, own (object)->context);
  else if (id == PROP_LOADING)
    g_value_set_boolean (value, own (object)->loading);
  else
    g_value_set_string (value, own (object)->problem);
}

static void
mh_model_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  own (object)->context = g_value_dup_object (value);
}

static void
model_state_cb (MhModel *model)
{
  MhContext *context = own (model)->context;
  if (context != NULL && mh_sync_state (mh_context_sync (context)) != MH_SYNC_OFFLINE
      && MH_MODEL_GET_CLASS (model)->reached != NULL)
    MH_MODEL_GET_CLASS (model)->reached (model);
}

static void
mh_model_constructed (GObject *object)
{
  G_OBJECT_CLASS (mh_model_parent_class)->constructed (object);
  if (own (object)->context != NULL && MH_MODEL_GET_CLASS (object)->reached != NULL)
    g_signal_connect_object (mh_context_sync (own (object)->context), "notify::state",
                             G_CALLBACK (model_state_cb), object, G_CONNECT_SWAPPED);
}

static void
mh_model_dispose (GObject *object)
{
  g_cancellable_cancel (own (object)->cancellable);
  g_clear_object (&own (object)->context);
  G_OBJECT_CLASS (mh_model_parent_class)->dispose (object);
}

static void
mh_model_finalize (GObject *object)
{
  g_object_unref (own (object)->cancellable);
  g_free (own (object)->problem);
  G_OBJECT_CLASS (mh_model_parent_class)->finalize (object);
}

static void
mh_model_class_init (MhModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  object_class->constructed = mh_model_constructed;
  object_class->get_property = mh_model_get_property;
  object_class->set_property = mh_model_set_property;
  object_class->dispose = mh_model_dispose;
  object_class->finalize = mh_model_finalize;
  props[PROP_CONTEXT]
      = g_param_spec_object ("context", NULL, NULL, MH_TYPE_CONTEXT,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  props[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mh_model_init (MhModel *model)
{
  own (model)->cancellable = g_cancellable_new ();
}

MhContext *
mh_model_context (MhModel *model)
{
  g_return_val_if_fail (MH_IS_MODEL (model), NULL);
  return own (model)->context;
}

GCancellable *
mh_model_cancellable (MhModel *model)
{
  g_return_val_if_fail (MH_IS_MODEL (model), NULL);
  return own (model)->cancellable;
}

GCancellable *
mh_model_renew (MhModel *model)
{
  g_return_val_if_fail (MH_IS_MODEL (model), NULL);
  g_cancellable_cancel (own (model)->cancellable);
  g_object_unref (own (model)->cancellable);
  return own (model)->cancellable = g_cancellable_new ();
}

gboolean
mh_model_is_late (MhModel *model, const GError *error)
{
  g_return_val_if_fail (MH_IS_MODEL (model), TRUE);
  return own (model)->context == NULL || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

gboolean
mh_model_is_loading (MhModel *model)
{
  g_return_val_if_fail (MH_IS_MODEL (model), FALSE);
  return own (model)->loading;
}

const char *
mh_model_problem (MhModel *model)
{
  g_return_val_if_fail (MH_IS_MODEL (model), NULL);
  return own (model)->problem;
}

void
mh_model_set_status (MhModel *model, gboolean loading, const char *problem)
{
  g_return_if_fail (MH_IS_MODEL (model));
  char *copy = g_strdup (problem);
  own (model)->loading = loading;
  g_free (own (model)->problem);
  own (model)->problem = copy;
  g_object_notify_by_pspec (G_OBJECT (model), props[PROP_LOADING]);
  g_object_notify_by_pspec (G_OBJECT (model), props[PROP_PROBLEM]);
}
