/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every call of our client once, at the address given: what it sends is recorded there and held
 * against what the provider's own client sends (test-requests.mjs). Prints what was answered, one
 * JSON object a line.
 *
 *   tw-calls URL ACCOUNT TOKEN FROM BODY CALLBACK SID */
#include <stdio.h>

#include "server/messages/sms/mh-twilio.h"
#include "shared/base/mh-clock.h"

enum
{
  ARG_URL = 1,
  ARG_ACCOUNT,
  ARG_TOKEN,
  ARG_FROM,
  ARG_BODY,
  ARG_CALLBACK,
  ARG_SID,
  N_ARGS,
};

#define TO "+919820000001"

static void
say (const char *name, MhTwilioAnswer *answer)
{
  printf ("{\"call\":\"%s\",\"outcome\":%d,\"code\":%d,\"status\":\"%s\"}\n", name,
          (int)answer->outcome, answer->code, answer->status != NULL ? answer->status : "");
  mh_twilio_answer_free (answer);
}

int
main (int argc, char **argv)
{
  if (argc != N_ARGS)
    return 2;
  g_autoptr (MhTwilio) twilio = mh_twilio_new (&(MhTwilioConfig){ .base_url = argv[ARG_URL],
                                                                  .account = argv[ARG_ACCOUNT],
                                                                  .token = argv[ARG_TOKEN],
                                                                  .from = argv[ARG_FROM],
                                                                  .total_time = 5 * MH_SECOND });
  say ("send", mh_twilio_send (twilio, TO, argv[ARG_BODY], argv[ARG_CALLBACK], 600));
  say ("send.plain", mh_twilio_send (twilio, TO, argv[ARG_BODY], NULL, 14400));
  say ("find", mh_twilio_find (twilio, TO, argv[ARG_BODY], 0));
  say ("fetch", mh_twilio_fetch (twilio, argv[ARG_SID]));
  return 0;
}
