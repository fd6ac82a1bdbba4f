/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/platform/mh-settings.h"

#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-accent.h"

/* clang-format off */
static const char discount_help[] = N_("In per cent, such as 10 or 12.5. More needs somebody who may approve discounts");

const MhSettingDefault mh_setting_defaults[] = {
  { MH_SET_CASH_SESSION_REQUIRED, MH_SETTING_KIND_BOOL, "false", N_("Open the drawer first"),
    N_("Cash is taken only by somebody who has opened a drawer with its float. If not, the first cash payment opens one without float") },
  { MH_SET_MAIL_ATTACH_REPORT, MH_SETTING_KIND_BOOL, "true", N_("Attach reports to e-mails"),
    N_("To patients who agreed to e-mail; the file opens with the date of birth. If not, they are asked to fetch it") },
  { MH_SET_CASH_VARIANCE_LIMIT, MH_SETTING_KIND_MONEY, "10000", N_("Difference a cashier may close alone"),
    N_("A drawer that is further off is closed by a second person") },
  { MH_SET_ALLOW_PART_PAYMENT, MH_SETTING_KIND_BOOL, "false", N_("Accept part payments in cash"),
    N_("Cash may be a part of what is due. If not, cash must be exactly what is due; cards, UPI, deposits and insurers may always pay a part") },
  { MH_SET_REFUND_APPROVAL_ABOVE, MH_SETTING_KIND_MONEY, "50000", N_("Refund that needs no approval"),
    N_("A larger refund waits for a second person, as does every refund asked for by whoever took the money") },
  { MH_SET_REOPEN_DAYS, MH_SETTING_KIND_INT, "7", N_("Days an expired order may be reopened"),
    N_("Later it is ordered anew, with the prices of that day") },
  { MH_SET_ORDER_PREFIX, MH_SETTING_KIND_TEXT, "", N_("Order numbers begin with"),
    N_("One to eight letters A–Z, such as LAB for LAB-000123; empty: the hospital's code. Hospitals with the same letters share one series") },
  { MH_SET_ROUND_TO, MH_SETTING_KIND_MONEY, "0", N_("Round what is to be paid to"),
    N_("1.00 rounds to the rupee and shows the difference on a line of its own; 0 leaves the total as it is") },
  { MH_SET_INVOICE_PREFIX, MH_SETTING_KIND_TEXT, "", N_("Invoice numbers begin with"),
    N_("At most four of A–Z, 0–9, - and /. Hospitals that share a tax number need different ones") },
  { MH_SET_DISCOUNT_LIMIT_ "reception", MH_SETTING_KIND_INT, "0", N_("Discount that reception may give"), discount_help },
  { MH_SET_DISCOUNT_LIMIT_ "cashier", MH_SETTING_KIND_INT, "1000", N_("Discount that a cashier may give"), discount_help },
  { MH_SET_DISCOUNT_LIMIT_ "doctor", MH_SETTING_KIND_INT, "0", N_("Discount that a doctor may give"), discount_help },
  { MH_SET_DISCOUNT_LIMIT_ "manager", MH_SETTING_KIND_INT, "3000", N_("Discount that a manager may give"), discount_help },
  { MH_SET_COLLECTION_PROOF, MH_SETTING_KIND_BOOL, "true", N_("Proof before a tube counts as collected"),
    N_("Two identifiers compared and the printed label scanned back, or one of the coded reasons why not. If not, whoever collects is trusted") },
  { MH_SET_VERIFY_LEVELS, MH_SETTING_KIND_INT, "1", N_("Signatures under a result"),
    N_("How many people verify it after it was entered, none to three; a bench may ask for another number") },
  { MH_SET_VERIFY_AUTO, MH_SETTING_KIND_BOOL, "false", N_("Verify automatically"),
    N_("What the rules of automatic verification let go is released without a person. If not, everything waits for one") },
  { MH_SET_CRITICAL_MINUTES, MH_SETTING_KIND_INT, "30", N_("Minutes within which a critical value is called"),
    N_("From its verification; then it is the turn of the ward or who is on call") },
  { MH_SET_CRITICAL_RETRY, MH_SETTING_KIND_INT, "15", N_("Minutes between attempts to call"),
    N_("After each the next takes it over: head of department, director") },
  { MH_SET_CRITICAL_DIRECTOR, MH_SETTING_KIND_TEXT, "", N_("Telephone of the director on call"),
    N_("Shown as the last whom to call about a critical value") },
  { MH_SET_SAMPLE_KEEP_DAYS, MH_SETTING_KIND_INT, "7", N_("Days a stored tube is kept"),
    N_("Unless its freezer or box says otherwise. To dispose of it earlier takes a second person's badge") },
  { MH_SET_LABEL_PRINTER, MH_SETTING_KIND_TEXT, "", N_("Label printer"),
    N_("Host and port of a printer that speaks ZPL, such as 10.0.0.9:9100. Empty: labels are printed by the desks") },
  { MH_SET_LABEL_SIZE, MH_SETTING_KIND_TEXT, "50x25", N_("Size of labels"), N_("50x25 or 38x25, in millimetres") },
  { MH_SET_APPOINTMENT_NO_SHOW, MH_SETTING_KIND_INT, "15", N_("Minutes until a booking counts as missed"),
    N_("So long after its time a booking without a check-in is marked as not come") },
  { MH_SET_APPOINTMENT_REMIND_HOURS, MH_SETTING_KIND_INT, "24", N_("Hours before an appointment to remind of it"),
    N_("By SMS, unless the patient refuses it; 0: nobody is reminded") },
  { MH_SET_APPOINTMENT_TELL, MH_SETTING_KIND_BOOL, "true", N_("Tell of bookings by SMS"),
    N_("When an appointment is booked, moved or cancelled, unless the patient refuses it; day and time alone") },
  { MH_SET_QUEUE_NAMES, MH_SETTING_KIND_BOOL, "false", N_("Names in the waiting room"),
    N_("The display shows names beside the token numbers. If not, numbers and rooms alone") },
  { MH_SET_LAB_HOURS, MH_SETTING_KIND_TEXT, "mon-sat 08:00-20:00", N_("Opening hours of the laboratory"),
    N_("Like: mon-fri 08:00-12:30 13:30-20:00; sat 08:00-13:00. What working time counts; empty: around the clock") },
  { MH_SET_LAB_HOLIDAYS, MH_SETTING_KIND_TEXT, "", N_("Holidays of the laboratory"),
    N_("Dates with a space between: 2026-01-26, or 08-15 for each year") },
  { MH_SET_TURNAROUND_FROM, MH_SETTING_KIND_TEXT, MH_TURNAROUND_FROM_COLLECTED, N_("Time limits count from"),
    N_("ordered, collected or received: from then on a test's time to report runs") },
  { MH_SET_TURNAROUND_WORKING, MH_SETTING_KIND_BOOL, "false", N_("Routine limits count working time"),
    N_("Then nothing routine becomes late while the laboratory is closed. Urgent and STAT always count the clock") },
  { MH_SET_KIOSK_IDLE, MH_SETTING_KIND_INT, "60", N_("Seconds until a kiosk resets"),
    N_("Without a touch; a countdown of fifteen seconds comes before") },
  { MH_SET_LAB_ISI, MH_SETTING_KIND_TEXT, "", N_("ISI of the thromboplastin in use"),
    N_("From the package insert of the lot, such as 1.1; without it no INR is worked out") },
  { MH_SET_SMS_COUNTRY, MH_SETTING_KIND_TEXT, "91", N_("Country of telephone numbers"),
    N_("The digits before a number that is written without them: 91 for India") },
  { MH_SET_SMS_PER_HOUR, MH_SETTING_KIND_INT, "8", N_("Short messages to one number in an hour"),
    N_("More are not sent, whatever they are about") },
  { MH_SET_DISPATCH_TOP, MH_SETTING_KIND_TEXT, "P1", N_("Units are sent by themselves up to"),
    N_("P1 to P4: so urgent a call gets its units after ten seconds unless a dispatcher stops it; empty for never") },
  { MH_SET_DISPATCH_QUIET, MH_SETTING_KIND_INT, "15", N_("Minutes until a silent dispatcher's calls go to another"),
    N_("Counted from the last thing done at the desk; at once when the dispatcher signs out") },
  { MH_SET_MAIL_ACCENT, MH_SETTING_KIND_TEXT, MH_MAIL_ACCENT, N_("Colour of e-mails"),
    N_("Behind the hospital's name, which is written in white: # and six digits, such as #0f766e") },
  { NULL },
};
/* clang-format on */

const MhSettingDefault *
mh_setting_default_find (const char *key)
{
  for (const MhSettingDefault *row = mh_setting_defaults; row->key != NULL; row++)
    if (g_strcmp0 (row->key, key) == 0)
      return row;
  return NULL;
}
