/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-closures.h"

#include "client/mh-context.h"

static gboolean
closures_has_text_cb (gpointer instance, const char *text)
{
  return instance != NULL && text != NULL && *text != '\0';
}

static gboolean
closures_not_cb (gpointer instance, gboolean value)
{
  return instance != NULL && !value;
}

static gboolean
closures_may_cb (gpointer instance, MhContext *context, const char *right)
{
  return instance != NULL && context != NULL && mh_context_may (context, right);
}

void
mh_closures_bind (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_callback_full (klass, "mh_has_text",
                                                G_CALLBACK (closures_has_text_cb));
  gtk_widget_class_bind_template_callback_full (klass, "mh_not", G_CALLBACK (closures_not_cb));
  gtk_widget_class_bind_template_callback_full (klass, "mh_may", G_CALLBACK (closures_may_cb));
}
