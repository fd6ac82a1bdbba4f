/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Pictures on paper: what a microscope or a gel camera gave is made as small as the place where it
 * is printed asks for, and packed as JPEG, so that a page stays light.
 */
#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* A picture is read up to this many points; what claims more is not opened. */
#define MH_PICTURE_MOST_PIXELS (40 * 1000 * 1000)

/* Whether the file is a picture of that content type (MH_CONTENT_…) which can be printed, by its
 * head alone: cheap enough for a writer's transaction. */
gboolean mh_picture_is_printable (GBytes *file, const char *content_type);
/* @file as it is; a BMP, which analysers send and nothing else keeps, as PNG instead.
 * MH_ERROR_INVALID when it is one that cannot be read. Transfer full. */
GBytes *mh_picture_without_bmp (GBytes *file, GError **error);
/* Ready for mh_box_picture(): turned as its camera says, on white, fitted into width × height
 * points at 150 points of the picture to the inch (never blown up), at most @most_bytes as JPEG
 * where any quality reaches that. NULL: not to be read. Transfer full. */
cairo_surface_t *mh_picture_for_paper (GBytes *file,
                                       const char *content_type,
                                       double width,
                                       double height,
                                       gsize most_bytes);

/* A photo of a face: turned as its camera says, the middle square of it (of an upright picture the
 * upper part), without what the camera wrote into the file. @out_photo is a JPEG of at most
 * MH_PORTRAIT_SIDE points, @out_small a PNG of at most MH_PORTRAIT_SMALL that is at most
 * @most_small bytes. FALSE: it is no picture of @content_type. Transfer full. */
#define MH_PORTRAIT_SIDE 480
#define MH_PORTRAIT_SMALL 144
gboolean mh_picture_portrait (GBytes *file,
                              const char *content_type,
                              gsize most_small,
                              GBytes **out_photo,
                              GBytes **out_small);

G_END_DECLS
