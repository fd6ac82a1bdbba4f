/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * How large a picture says it is, by its head alone: a file of a few kilobytes may claim billions
 * of points, and whoever unpacks it first is out of memory.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* An A3 sheet at 500 dots to the inch, or any camera's photo; unpacked it takes 256 MB. */
#define MH_IMAGE_MOST_PIXELS (64 * 1000 * 1000)

/* PNG, JPEG, WebP and TIFF. FALSE: it is none of these, or the head is not whole within @size
 * bytes.
 */
gboolean mh_image_size (const guint8 *data, gsize size, guint32 *out_width, guint32 *out_height);
/* FALSE when the head says that it has more than @most points, or none. One whose head cannot be
 * told may pass: it is judged again by whoever opens it. */
gboolean mh_image_may_be_opened (const guint8 *data, gsize size, guint64 most);

G_END_DECLS
