/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-emergency-entry.h"

const guint mh_emergency_entries[MH_EMERGENCY_N_ENTRIES] = {
  MH_EMERGENCY_ANSWERS_CONSCIOUS, MH_EMERGENCY_ANSWERS_BREATHING, MH_EMERGENCY_ANSWERS_CARD,
  MH_EMERGENCY_ANSWERS_AGE,       MH_EMERGENCY_ANSWERS_SEX,
};

static const struct
{
  guint field;
  MhProtocolKind kind; /* of the entry question; MH_PROTOCOL_CHOICE: that of @id */
  const char *id;
} questions[] = {
  { MH_EMERGENCY_ANSWERS_CARD, MH_PROTOCOL_CARD, NULL },
  { MH_EMERGENCY_ANSWERS_CONSCIOUS, MH_PROTOCOL_CHOICE, "CONSCIOUS" },
  { MH_EMERGENCY_ANSWERS_BREATHING, MH_PROTOCOL_CHOICE, "BREATHING" },
  { MH_EMERGENCY_ANSWERS_AGE, MH_PROTOCOL_AGE, NULL },
  { MH_EMERGENCY_ANSWERS_SEX, MH_PROTOCOL_SEX, NULL },
};

const char *
mh_emergency_entry_question (const MhProtocol *protocol, guint field)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      if (questions[i].field != field)
        continue;
      const MhProtocolQuestion *question
          = questions[i].id == NULL ? mh_protocol_entry (protocol, questions[i].kind)
                                    : mh_protocol_question (protocol, questions[i].id, NULL);
      return question != NULL ? question->id : NULL;
    }
  return NULL;
}
