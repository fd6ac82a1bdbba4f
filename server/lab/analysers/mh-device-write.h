/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What we say to an analyser: acknowledgements, orders, answers to its questions. No I/O. */
#include "server/lab/analysers/mh-device.h"

G_BEGIN_DECLS

#define MH_DEVICE_OURSELVES "MAHIMA"

typedef struct
{
  const char *us;     /* the hospital's code */
  const char *them;   /* the analyser's name of itself, or the link's code */
  const char *number; /* control id */
  gint64 now;
  GTimeZone *zone;
} MhDeviceEnvelope;

typedef struct
{
  char *code, *name; /* the analyser's code and our words */
} MhDeviceTest;

/* One tube with what is to be done with it. */
typedef struct
{
  char *barcode, *order_number, *specimen;
  char *mrn, *family, *given, *birth_date, *sex; /* our codes; birth date YYYY-MM-DD */
  gint64 collected_at;
  gboolean urgent;
  gboolean cancelled;
  GPtrArray *tests; /* of MhDeviceTest */
} MhDeviceOrder;

MhDeviceOrder *mh_device_order_new (void);
void mh_device_order_free (MhDeviceOrder *order);
void mh_device_order_add_test (MhDeviceOrder *order, const char *code, const char *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhDeviceOrder, mh_device_order_free)

/* Answers @message (NULL: it could not be read) with AA, AE or AR. */
GBytes *mh_device_write_ack (const MhDeviceEnvelope *envelope,
                             const MhDeviceMessage *message,
                             const char *answer,
                             const char *code,
                             const char *text);
/* OML^O21. */
GBytes *mh_device_write_order_hl7 (const MhDeviceEnvelope *envelope, const MhDeviceOrder *order);
/* To QBP: RSP^K11; to QRY^Q02: QCK^Q02. @found: there is an order. */
GBytes *mh_device_write_query_ack (const MhDeviceEnvelope *envelope,
                                   const MhDeviceMessage *query,
                                   gboolean found);
/* DSR^Q03, as older chemistry analysers take it after their QRY. */
GBytes *mh_device_write_display (const MhDeviceEnvelope *envelope,
                                 const MhDeviceMessage *query,
                                 const MhDeviceOrder *order);
/* @orders: of MhDeviceOrder; none answers a query with "no information". */
GBytes *mh_device_write_orders_astm (const MhDeviceEnvelope *envelope,
                                     GPtrArray *orders,
                                     gboolean answers_query);

G_END_DECLS
