/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files that read messages. */
#include "server/lab/analysers/mh-device.h"

G_BEGIN_DECLS

MhDeviceMessage *mh_device_message_new (MhHl7 *text, gboolean is_astm); /* takes @text */
MhDeviceSample *mh_device_message_add_sample (MhDeviceMessage *message);
MhDeviceValue *mh_device_sample_add_value (MhDeviceSample *sample);
void mh_device_sample_add_number (MhDeviceSample *sample, char *number); /* takes; NULL: nothing */

G_END_DECLS
