/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks over several fields, what people see of a record, and who may do what. */
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"

#include <string.h>

#define AN_ID "01932f5e-7c1a-7b3c-8d4e-5f6071829304"
#define OTHER_ID "01932f5e-7c1a-7b3c-8d4e-5f6071829305"
#define KIOSK                                                                                      \
  "\"code\":\"FBS\",\"name\":\"X\",\"bench\":\"C\",\"specimen\":\"x\",\"container\":\"FLU\","      \
  "\"analytes\":[\"GLU\"],\"price\":0"
#define ASHA "\"given_name\":\"Asha\",\"sex\":\"female\","
#define RAVI "\"given_name\":\"Ravi\",\"sex\":\"male\",\"age_years\":41,"
#define ORDER "\"patient_id\":\"" AN_ID "\",\"priority\":\"routine\",\"payment_method\":\"cash\","
#define ANALYTE "\"code\":\"X\",\"name\":\"X\","
#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define PAPER "\"patient_id\":\"" AN_ID "\",\"kind\":\"lab\",\"title\":\"Report\",\"bytes\":1,"
#define CONSENT                                                                                    \
  "\"patient_id\":\"" AN_ID "\",\"purpose\":\"transfusion\",\"decided_on\":\"2026-11-21\","
#define OPENING "\"patient_id\":\"" AN_ID "\",\"reason\":\"treatment\",\"password\":\"secret\","
#define RANGE "\"analyte\":\"HGB\",\"kind\":\"reference\",\"sex\":\"male\",\"label\":\"see note\","

typedef struct
{
  const char *type, *json;
  const char *field, *code; /* NULL: nothing is wrong */
} Case;

#define ROOM "\"code\":\"R1\",\"name\":\"Room 1\",\"kind\":\"room\",\"hours\":\"mon 09:00-12:00\","
#define DOCTOR                                                                                     \
  "\"code\":\"R1\",\"name\":\"Dr Rao\",\"kind\":\"doctor\",\"hours\":\"mon "                       \
  "09:00-12:00\",\"slot_minutes\":15"
#define AWAY "\"reason\":\"sick\",\"start_at\":\"2026-11-21T08:00:00.000Z\","
#define POINT "\"standard\":\"eucast\",\"edition\":\"15.0\",\"antibiotic\":\"AMP\","

/* clang-format off */
static const Case cases[] = {
  { "schedule", "{" ROOM "\"slot_minutes\":5}", NULL, NULL },
  { "schedule", "{" ROOM "\"slot_minutes\":0}", "slot_minutes", "out_of_range" },
  { "schedule", "{" ROOM "\"slot_minutes\":7}", "slot_minutes", "step" },
  { "schedule", "{" ROOM "\"slot_minutes\":240}", NULL, NULL },
  { "schedule", "{" ROOM "\"slot_minutes\":245}", "slot_minutes", "out_of_range" },
  { "schedule", "{" ROOM "\"slot_minutes\":15,\"overbook_percent\":10}", NULL, NULL },
  { "schedule", "{" ROOM "\"slot_minutes\":15,\"overbook_percent\":11}", "overbook_percent", "out_of_range" },
  { "schedule", "{" ROOM "\"slot_minutes\":15,\"valid_from\":\"2026-11-21\",\"valid_to\":\"2026-11-21\"}", NULL, NULL },
  { "schedule", "{" ROOM "\"slot_minutes\":15,\"valid_from\":\"2026-11-21\",\"valid_to\":\"2026-11-20\"}", "valid_to", "out_of_range" },
  { "schedule", "{" DOCTOR ",\"doctor_id\":\"" AN_ID "\"}", NULL, NULL },
  { "schedule", "{" DOCTOR "}", "doctor_id", "required" },
  { "leave", "{" AWAY "\"end_at\":\"2026-11-21T08:00:00.001Z\"}", NULL, NULL },
  { "leave", "{" AWAY "\"end_at\":\"2026-11-21T08:00:00.000Z\"}", "end_at", "out_of_range" },
  { "patient", "{" ASHA "\"birth_date\":\"1984-02-29\"}", NULL, NULL },
  { "patient", "{" ASHA "\"age_years\":0}", NULL, NULL },
  { "patient", "{" ASHA "\"age_years\":130}", NULL, NULL },
  { "patient", "{" ASHA "\"age_years\":131}", "age_years", "out_of_range" },
  { "patient", "{" ASHA "\"age_years\":-1}", "age_years", "out_of_range" },
  { "patient", "{" ASHA "\"phone\":\"9812032145\"}", "birth_date", "required" },
  { "patient", "{" ASHA "\"unidentified\":true}", NULL, NULL },
  { "patient", "{\"sex\":\"female\",\"age_years\":41}", "given_name", "required" },
  { "patient", "{\"given_name\":\"Asha\",\"age_years\":41}", "sex", "required" },
  { "patient", "{\"given_name\":\"Asha\",\"sex\":\"F\",\"age_years\":41}", "sex", "unknown_code" },
  { "patient", "{" RAVI "\"birth_order\":9}", NULL, NULL },
  { "patient", "{" RAVI "\"birth_order\":10}", "birth_order", "out_of_range" },
  { "patient", "{" RAVI "\"birth_weeks\":20}", NULL, NULL },
  { "patient", "{" RAVI "\"birth_weeks\":19}", "birth_weeks", "out_of_range" },
  { "patient", "{" RAVI "\"birth_weeks\":44}", NULL, NULL },
  { "patient", "{" RAVI "\"birth_weeks\":45}", "birth_weeks", "out_of_range" },
  { "patient", "{" RAVI "\"allergies\":[\"Penicillin\"],\"allergy_status\":\"known\"}", NULL, NULL },
  { "patient", "{" RAVI "\"allergies\":[\"Penicillin\"],\"allergy_status\":\"none\"}", "allergy_status", "mismatch" },
  { "patient", "{" RAVI "\"allergies\":[\"Penicillin\"]}", "allergy_status", "mismatch" },
  { "patient", "{" RAVI "\"allergy_status\":\"known\"}", "allergies", "required" },
  { "patient", "{" RAVI "\"allergies\":[],\"allergy_status\":\"known\"}", "allergies", "required" },
  { "patient", "{" RAVI "\"allergies\":[],\"allergy_status\":\"none\"}", NULL, NULL },
  { "patient", "{" RAVI "\"pregnant\":true}", "pregnant", "mismatch" },
  { "patient", "{" RAVI "\"pregnant\":false}", NULL, NULL },
  { "patient", "{" ASHA "\"age_years\":30,\"pregnant\":true,\"pregnancy_weeks\":14,\"pregnancy_dated\":\"2026-11-02\"}", NULL, NULL },
  { "patient", "{" ASHA "\"age_years\":30,\"pregnant\":true,\"pregnancy_weeks\":14}", "pregnancy_dated", "required" },
  { "patient", "{" RAVI "\"deceased_at\":\"2026-11-21T08:15:30.123Z\"}", "deceased", "mismatch" },
  { "patient", "{" RAVI "\"deceased_at\":\"2026-11-21T08:15:30.123Z\",\"deceased\":true}", NULL, NULL },
  { "patient", "{" RAVI "\"aadhaar_last4\":\"12a4\"}", "aadhaar_last4", "format" },
  { "patient", "{" RAVI "\"abha\":\"1234567890123\"}", "abha", "format" },
  { "medicine", "{\"code\":\"X-TAB\",\"name\":\"x\",\"ingredients\":[\"x\"],\"form\":\"tablet\",\"route\":\"oral\"}", NULL, NULL },
  { "medicine", "{\"code\":\"X-TAB\",\"name\":\"x\",\"ingredients\":[\"x\"],\"form\":\"tablet\",\"route\":\"oral\",\"day_max\":\"4000\",\"day_max_unit\":\"mg\"}", NULL, NULL },
  { "medicine", "{\"code\":\"X-TAB\",\"name\":\"x\",\"ingredients\":[\"x\"],\"form\":\"tablet\",\"route\":\"oral\",\"day_max\":\"4000\"}", "day_max_unit", "required" },
  { "medicine", "{\"code\":\"X-TAB\",\"name\":\"x\",\"ingredients\":[\"x\"],\"form\":\"tablet\",\"route\":\"oral\",\"day_max_unit\":\"mg\"}", "day_max", "required" },
  { "document", "{" PAPER "\"sha256\":\"" HASH "\"}", NULL, NULL },
  { "document", "{" PAPER "\"sha256\":\"nonsense\"}", "sha256", "format" },
  { "document_reason", "{\"reason\":\"ab\"}", "reason", "too_short" },
  { "document_reason", "{\"reason\":\"abc\"}", NULL, NULL },
  { "consent", "{" CONSENT "\"decision\":\"given\",\"given_by\":\"patient\"}", NULL, NULL },
  { "consent", "{" CONSENT "\"decision\":\"given\",\"given_by\":\"parent\"}", "given_name", "required" },
  { "consent", "{" CONSENT "\"decision\":\"given\",\"given_by\":\"parent\",\"given_name\":\"Asha\"}", NULL, NULL },
  { "consent", "{" CONSENT "\"decision\":\"refused\",\"given_by\":\"patient\"}", "about", "required" },
  { "consent", "{" CONSENT "\"decision\":\"refused\",\"given_by\":\"patient\",\"about\":\"No blood\"}", NULL, NULL },
  { "consent", "{" CONSENT "\"decision\":\"given\",\"given_by\":\"patient\",\"valid_until\":\"2026-11-20\"}", "valid_until", "out_of_range" },
  { "consent", "{" CONSENT "\"decision\":\"given\",\"given_by\":\"patient\",\"valid_until\":\"2026-11-21\"}", NULL, NULL },
  { "access_opening", "{" OPENING "\"text\":\"123 45678 9\"}", "text", "too_short" },
  { "access_opening", "{" OPENING "\"text\":\"123 45678 90\"}", NULL, NULL },
  { "access_review", "{\"verdict\":\"justified\"}", NULL, NULL },
  { "access_review", "{\"verdict\":\"unjustified\"}", "note", "required" },
  { "access_review", "{\"verdict\":\"unclear\",\"note\":\" \"}", "note", "required" },
  { "access_review", "{\"verdict\":\"unjustified\",\"note\":\"Asked\"}", NULL, NULL },
  { "patient_merge", "{\"survivor_id\":\"" AN_ID "\",\"loser_id\":\"" OTHER_ID "\",\"reason\":\"ab\"}", "reason", "too_short" },
  { "patient_merge", "{\"survivor_id\":\"" AN_ID "\",\"loser_id\":\"" OTHER_ID "\",\"reason\":\"abc\"}", NULL, NULL },
  { "patient_merge", "{\"survivor_id\":\"" AN_ID "\",\"loser_id\":\"" AN_ID "\",\"reason\":\"abc\"}", "loser_id", "same" },
  { "payment_attempt", "{\"kind\":\"qr\"}", NULL, NULL },
  { "payment_attempt", "{\"kind\":\"qr\",\"notify\":\"none\",\"amount\":100}", NULL, NULL },
  { "payment_attempt", "{\"kind\":\"qr\",\"amount\":99}", "amount", "out_of_range" },
  { "payment_attempt", "{\"kind\":\"qr\",\"notify\":\"sms\"}", "notify", "mismatch" },
  { "payment_attempt", "{\"kind\":\"link\",\"notify\":\"both\"}", NULL, NULL },
  { "cash_counting", "{\"counts\":[{\"denomination\":50000,\"pieces\":2},{\"denomination\":10000,\"pieces\":1}]}", NULL, NULL },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"hl7\",\"transport\":\"listen\"}", NULL, NULL },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"hl7\",\"transport\":\"listen\",\"port\":65535,\"allow\":[\"10.1.2.3\",\"10.2.0.0/16\"]}", NULL, NULL },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"hl7\",\"transport\":\"listen\",\"port\":65536}", "port", "out_of_range" },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"hl7\",\"transport\":\"listen\",\"allow\":[\"somewhere\"]}", "allow", "format" },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"hl7\",\"transport\":\"connect\",\"host\":\"10.1.2.3\",\"port\":1}", NULL, NULL },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"hl7\",\"transport\":\"connect\",\"port\":1}", "host", "required" },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"hl7\",\"transport\":\"connect\",\"host\":\"10.1.2.3\"}", "port", "required" },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"astm\",\"transport\":\"serial\",\"device\":\"/dev/ttyS0\",\"serial_mode\":\"9600 8N1\"}", NULL, NULL },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"astm\",\"transport\":\"serial\",\"device\":\"/dev/ttyS0\",\"serial_mode\":\"115200 7E2\"}", NULL, NULL },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"astm\",\"transport\":\"serial\",\"device\":\"/dev/ttyS0\",\"serial_mode\":\"9601 8N1\"}", "serial_mode", "format" },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"astm\",\"transport\":\"serial\",\"device\":\"/dev/ttyS0\",\"serial_mode\":\"9600 8N3\"}", "serial_mode", "format" },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"astm\",\"transport\":\"serial\",\"device\":\"/dev/ttyS0\",\"serial_mode\":\"9600 8X1\"}", "serial_mode", "format" },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"astm\",\"transport\":\"serial\",\"device\":\"/dev/ttyS0\",\"serial_mode\":\"9600 8N1 x\"}", "serial_mode", "format" },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"astm\",\"transport\":\"serial\"}", "device", "required" },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"astm\",\"transport\":\"serial\",\"device\":\"ttyS0\"}", "device", "format" },
  { "analyser_link", "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"hl7\",\"transport\":\"serial\",\"device\":\"/dev/ttyS0\"}", "transport", "unknown_code" },
  { "analyser_map", "{\"code\":\"HGB\",\"analyte\":\"HGB\"}", NULL, NULL },
  { "analyser_map", "{\"code\":\"HGB\",\"test\":\"CBC\"}", NULL, NULL },
  { "analyser_map", "{\"code\":\"HGB\",\"ignored\":true}", NULL, NULL },
  { "analyser_map", "{\"code\":\"HGB\"}", "analyte", "required" },
  { "analyser_map", "{\"code\":\"HGB\",\"analyte\":\"HGB\",\"factor\":\"0.1\",\"words\":[\"POS=R\",\"neg = NR\"]}", NULL, NULL },
  { "analyser_map", "{\"code\":\"HGB\",\"analyte\":\"HGB\",\"factor\":\"0\"}", "factor", "out_of_range" },
  { "analyser_map", "{\"code\":\"HGB\",\"analyte\":\"HGB\",\"factor\":\"-1\"}", "factor", "out_of_range" },
  { "analyser_map", "{\"code\":\"HGB\",\"analyte\":\"HGB\",\"words\":[\"POS\"]}", "words", "format" },
  { "analyser_map", "{\"code\":\"HGB\",\"analyte\":\"HGB\",\"words\":[\"=R\"]}", "words", "format" },
  { "analyser_resolve", "{\"action\":\"discard\",\"note\":\"rerun\"}", NULL, NULL },
  { "analyser_resolve", "{\"action\":\"discard\"}", "note", "required" },
  { "analyser_resolve", "{\"action\":\"assign\"}", NULL, NULL },
  { "analyser_resolve", "{\"action\":\"retry\"}", NULL, NULL },
  { "shift", "{\"user_id\":\"" AN_ID "\",\"kind\":\"weekly\",\"weekdays\":[\"mon\"],\"starts\":\"08:00\",\"ends\":\"16:00\"}", NULL, NULL },
  { "shift", "{\"user_id\":\"" AN_ID "\",\"kind\":\"weekly\",\"starts\":\"08:00\",\"ends\":\"16:00\"}", "weekdays", "required" },
  { "shift", "{\"user_id\":\"" AN_ID "\",\"kind\":\"away\"}", "from_date", "required" },
  { "shift", "{\"user_id\":\"" AN_ID "\",\"kind\":\"away\",\"from_date\":\"2026-11-21\",\"until_date\":\"2026-11-21\"}", NULL, NULL },
  { "shift", "{\"user_id\":\"" AN_ID "\",\"kind\":\"away\",\"from_date\":\"2026-11-21\",\"until_date\":\"2026-11-20\"}", "until_date", "out_of_range" },
  { "shift", "{\"user_id\":\"" AN_ID "\",\"kind\":\"extra\",\"from_date\":\"2026-11-21\",\"starts\":\"08:00\"}", "ends", "required" },
  { "shift", "{\"user_id\":\"" AN_ID "\",\"kind\":\"extra\",\"from_date\":\"2026-11-21\",\"ends\":\"08:00\"}", "starts", "required" },
  { "storage_place", "{\"kind\":\"box\",\"code\":\"B1\",\"name\":\"Box\",\"n_rows\":100,\"n_columns\":1}", NULL, NULL },
  { "storage_place", "{\"kind\":\"box\",\"code\":\"B1\",\"name\":\"Box\",\"n_columns\":10}", "n_rows", "required" },
  { "storage_place", "{\"kind\":\"box\",\"code\":\"B1\",\"name\":\"Box\",\"n_rows\":10,\"n_columns\":101}", "n_columns", "out_of_range" },
  { "storage_place", "{\"kind\":\"rack\",\"code\":\"R1\",\"name\":\"Rack\"}", NULL, NULL },
  { "storage_place", "{\"id\":\"" AN_ID "\",\"kind\":\"rack\",\"code\":\"R1\",\"name\":\"Rack\",\"parent_id\":\"" AN_ID "\"}", "parent_id", "circle" },
  { "settlement", "{\"provider\":\"razorpay\",\"reference\":\"s\",\"settled_on\":\"2026-03-12\",\"net\":976,\"lines\":[{\"kind\":\"payment\",\"provider_reference\":\"p\",\"amount\":1000,\"fee\":20,\"tax\":4}]}", NULL, NULL },
  { "settlement", "{\"provider\":\"razorpay\",\"reference\":\"s\",\"settled_on\":\"2026-03-12\",\"net\":977,\"lines\":[{\"kind\":\"payment\",\"provider_reference\":\"p\",\"amount\":1000,\"fee\":20,\"tax\":4}]}", "net", "sum" },
  { "settlement", "{\"provider\":\"razorpay\",\"reference\":\"s\",\"settled_on\":\"2026-03-12\",\"net\":976,\"lines\":[{\"kind\":\"payment\",\"provider_reference\":\"p\",\"amount\":100000000001,\"fee\":20,\"tax\":4}]}", "lines[0].amount", "out_of_range" },
  { "remittance_line", "{\"payment_id\":\"" AN_ID "\",\"paid\":1}", NULL, NULL },
  { "remittance_line", "{\"payment_id\":\"" AN_ID "\",\"paid\":0,\"denied\":0}", "paid", "required" },
  { "remittance_line", "{\"payment_id\":\"" AN_ID "\",\"denied\":1,\"outcome\":\"patient\",\"reason\":\"Not covered\"}", NULL, NULL },
  { "remittance_line", "{\"payment_id\":\"" AN_ID "\",\"paid\":1,\"denied\":1,\"reason\":\"Not covered\"}", "outcome", "required" },
  { "remittance_line", "{\"payment_id\":\"" AN_ID "\",\"paid\":1,\"denied\":1,\"outcome\":\"patient\"}", "reason", "required" },
  { "settlement_line", "{\"kind\":\"payment\",\"provider_reference\":\"p\",\"amount\":1}", NULL, NULL },
  { "settlement_line", "{\"kind\":\"payment\",\"provider_reference\":\"p\",\"amount\":0}", "amount", "out_of_range" },
  { "settlement_line", "{\"kind\":\"refund\",\"provider_reference\":\"p\",\"amount\":-1}", "amount", "out_of_range" },
  { "settlement_line", "{\"kind\":\"payment\",\"amount\":1}", "provider_reference", "required" },
  { "settlement_line", "{\"kind\":\"adjustment\",\"amount\":-100000000000}", NULL, NULL },
  { "settlement_line", "{\"kind\":\"adjustment\",\"amount\":-100000000001}", "amount", "out_of_range" },
  { "unit", "{\"code\":\"A1\",\"kind\":\"ambulance\",\"can\":[\"BLS\"]}", NULL, NULL },
  { "unit", "{\"code\":\"A1\",\"kind\":\"ambulance\",\"can\":[]}", "can", "required" },
  { "unit", "{\"code\":\"A1\",\"kind\":\"ambulance\",\"can\":[\"XYZ\"]}", "can", "unknown_code" },
  { "zone", "{\"code\":\"W\",\"name\":\"West\",\"kind\":\"coverage\",\"corners\":[],\"least_units\":0}", NULL, NULL },
  { "zone", "{\"code\":\"W\",\"name\":\"West\",\"kind\":\"coverage\",\"corners\":[],\"least_units\":51}", "least_units", "out_of_range" },
  { "zone", "{\"code\":\"W\",\"name\":\"West\",\"kind\":\"slow\",\"corners\":[],\"least_units\":1}", "least_units", "mismatch" },
  { "zone", "{\"code\":\"W\",\"name\":\"West\",\"kind\":\"slow\",\"corners\":[]}", NULL, NULL },
  { "equipment_plan", "{\"kind\":\"calibration\",\"name\":\"Two points\",\"every_days\":1}", NULL, NULL },
  { "equipment_plan", "{\"kind\":\"calibration\",\"name\":\"Two points\",\"every_runs\":1}", NULL, NULL },
  { "equipment_plan", "{\"kind\":\"calibration\",\"name\":\"Two points\"}", "every_days", "required" },
  { "equipment_plan", "{\"kind\":\"calibration\",\"name\":\"Two points\",\"every_days\":3661}", "every_days", "out_of_range" },
  { "equipment_event", "{\"kind\":\"fault\",\"words\":\"Drain blocked\"}", NULL, NULL },
  { "equipment_event", "{\"kind\":\"fault\"}", "words", "required" },
  { "equipment_event", "{\"kind\":\"override\",\"words\":\"Second reader is away\",\"hours\":72}", NULL, NULL },
  { "equipment_event", "{\"kind\":\"override\",\"words\":\"Second reader is away\",\"hours\":73}", "hours", "out_of_range" },
  { "equipment_event", "{\"kind\":\"override\",\"words\":\"Second reader is away\"}", "hours", "required" },
  { "equipment_event", "{\"kind\":\"state\",\"words\":\"Service\",\"new_state\":\"maintenance\"}", NULL, NULL },
  { "equipment_event", "{\"kind\":\"state\",\"words\":\"Service\"}", "new_state", "required" },
  { "qc_target", "{\"lot_id\":\"01900000-0000-7000-8000-000000000001\",\"equipment\":\"CHEM1\",\"analyte\":\"GLU\",\"maker_mean\":\"95\",\"maker_sd\":\"0.01\"}", NULL, NULL },
  { "qc_target", "{\"lot_id\":\"01900000-0000-7000-8000-000000000001\",\"equipment\":\"CHEM1\",\"analyte\":\"GLU\",\"maker_mean\":\"95\",\"maker_sd\":\"0\"}", "maker_sd", "out_of_range" },
  { "qc_remark", "{\"kind\":\"exclude\",\"reason\":\"short_sample\"}", NULL, NULL },
  { "qc_remark", "{\"kind\":\"exclude\"}", "reason", "required" },
  { "qc_remark", "{\"kind\":\"exclude\",\"reason\":\"other\"}", "note", "required" },
  { "qc_remark", "{\"kind\":\"exclude\",\"reason\":\"other\",\"note\":\"Power cut\"}", NULL, NULL },
  { "qc_remark", "{\"kind\":\"include\"}", "note", "required" },
  { "qc_remark", "{\"kind\":\"include\",\"note\":\"It was the right control\"}", NULL, NULL },
  { "cash_counting", "{\"counts\":[{\"denomination\":50000,\"pieces\":2},{\"denomination\":50000,\"pieces\":1}]}", "counts[1].denomination", "duplicate" },
  { "escalation_put", "{\"analyte\":\"K\",\"reason\":\"delta\"}", NULL, NULL },
  { "escalation_put", "{\"analyte\":\"K\",\"reason\":\"other\"}", "note", "required" },
  { "breakpoint", "{" POINT "\"organism\":\"ECO\",\"method\":\"mic\",\"susceptible\":\"8\",\"resistant\":\"8\"}", NULL, NULL },
  { "breakpoint", "{" POINT "\"organism\":\"ECO\",\"method\":\"mic\",\"susceptible\":\"8.1\",\"resistant\":\"8\"}", "resistant", "order" },
  { "breakpoint", "{" POINT "\"organism\":\"ECO\",\"method\":\"disk\",\"susceptible\":\"14\",\"resistant\":\"14\"}", NULL, NULL },
  { "breakpoint", "{" POINT "\"organism\":\"ECO\",\"method\":\"disk\",\"susceptible\":\"13\",\"resistant\":\"14\"}", "resistant", "order" },
  { "breakpoint", "{" POINT "\"method\":\"disk\",\"susceptible\":\"14\",\"resistant\":\"14\"}", "organism", "required" },
  { "restart", "{\"analytes\":[\"K\"],\"reason\":\"clot\"}", NULL, NULL },
  { "restart", "{\"analytes\":[\"K\"],\"reason\":\"other\",\"note\":\"Bench was flooded\"}", NULL, NULL },
  { "restart", "{\"analytes\":[\"K\"],\"reason\":\"other\"}", "note", "required" },
  { "setting", "{\"key\":\"a\",\"kind\":\"int\",\"value\":\"12\"}", NULL, NULL },
  { "setting", "{\"key\":\"a\",\"kind\":\"int\",\"value\":\"12.5\"}", "value", "format" },
  { "setting", "{\"key\":\"a\",\"kind\":\"int\",\"value\":\"twelve\"}", "value", "format" },
  { "setting", "{\"key\":\"a\",\"kind\":\"money\",\"value\":\"2000 \"}", NULL, NULL },
  { "setting", "{\"key\":\"a\",\"kind\":\"money\",\"value\":\"20,00\"}", "value", "format" },
  { "setting", "{\"key\":\"a\",\"kind\":\"bool\",\"value\":\"true\"}", NULL, NULL },
  { "setting", "{\"key\":\"a\",\"kind\":\"bool\",\"value\":\"yes\"}", "value", "format" },
  { "setting", "{\"key\":\"invoice.prefix\",\"kind\":\"text\",\"value\":\"MH-1\"}", NULL, NULL },
  { "setting", "{\"key\":\"invoice.prefix\",\"kind\":\"text\",\"value\":\"MH-12\"}", "value", "format" },
  { "setting", "{\"key\":\"invoice.prefix\",\"kind\":\"text\",\"value\":\"mh\"}", "value", "format" },
  { "setting", "{\"key\":\"order.prefix\",\"kind\":\"text\",\"value\":\"L\"}", NULL, NULL },
  { "setting", "{\"key\":\"order.prefix\",\"kind\":\"text\",\"value\":\"CITYLABS\"}", NULL, NULL },
  { "setting", "{\"key\":\"order.prefix\",\"kind\":\"text\",\"value\":\"CITYLABSX\"}", "value", "format" },
  { "setting", "{\"key\":\"order.prefix\",\"kind\":\"text\",\"value\":\"LAB1\"}", "value", "format" },
  { "setting", "{\"key\":\"order.prefix\",\"kind\":\"text\",\"value\":\"MH-V\"}", "value", "format" },
  { "setting", "{\"key\":\"order.prefix\",\"kind\":\"text\",\"value\":\"lab\"}", "value", "format" },
  { "setting", "{\"key\":\"order.prefix\",\"kind\":\"text\",\"value\":\"REF\"}", "value", "taken" },
  { "setting", "{\"key\":\"order.prefix\",\"kind\":\"text\",\"value\":\"WS\"}", "value", "taken" },
  { "setting", "{\"key\":\"order.prefix\",\"kind\":\"text\",\"value\":\"REFS\"}", NULL, NULL },
  { "setting", "{\"key\":\"a\",\"kind\":\"text\",\"value\":\"anything\"}", NULL, NULL },
  { "user", "{\"username\":\"asha.verma-2\",\"name\":\"Asha\",\"roles\":[\"nurse\"],\"hospital_id\":\"" AN_ID "\"}", NULL, NULL },
  { "user", "{\"username\":\"Asha\",\"name\":\"Asha\",\"roles\":[\"nurse\"],\"hospital_id\":\"" AN_ID "\"}", "username", "format" },
  { "user", "{\"username\":\"asha\",\"name\":\"Asha\",\"roles\":[],\"hospital_id\":\"" AN_ID "\"}", "roles", "required" },
  { "role", "{\"code\":\"desk\",\"name\":\"Desk\",\"permissions\":[\"patient.read\"]}", NULL, NULL },
  { "role", "{\"code\":\"desk\",\"name\":\"Desk\",\"permissions\":[\"patient.read\",\"everything\"]}", "permissions", "unknown_code" },
  { "password_change", "{\"current\":\"a b c\",\"password\":\"a b d\"}", NULL, NULL },
  { "password_change", "{\"current\":\"a b c\",\"password\":\"a b c\"}", "password", "same" },
  { "setting", "{\"key\":\"discount.limit.cashier\",\"kind\":\"int\",\"value\":\"0\"}", NULL, NULL },
  { "setting", "{\"key\":\"discount.limit.cashier\",\"kind\":\"int\",\"value\":\"10000\"}", NULL, NULL },
  { "setting", "{\"key\":\"discount.limit.cashier\",\"kind\":\"int\",\"value\":\"10001\"}", "value", "range" },
  { "setting", "{\"key\":\"discount.limit.cashier\",\"kind\":\"int\",\"value\":\"-1\"}", "value", "range" },
  { "setting", "{\"key\":\"mail.accent\",\"kind\":\"text\",\"value\":\"#0f766e\"}", NULL, NULL },
  { "setting", "{\"key\":\"mail.accent\",\"kind\":\"text\",\"value\":\"#767676\"}", NULL, NULL },
  { "setting", "{\"key\":\"mail.accent\",\"kind\":\"text\",\"value\":\"#777777\"}", "value", "format" },
  { "setting", "{\"key\":\"mail.accent\",\"kind\":\"text\",\"value\":\"#ffffff\"}", "value", "format" },
  { "setting", "{\"key\":\"mail.accent\",\"kind\":\"text\",\"value\":\"0f766e\"}", "value", "format" },
  { "setting", "{\"key\":\"mail.accent\",\"kind\":\"text\",\"value\":\"#0f766\"}", "value", "format" },
  { "setting", "{\"key\":\"mail.accent\",\"kind\":\"text\",\"value\":\"red;color:red\"}", "value", "format" },
  { "prescription_cancel", "{\"code\":\"other\"}", "note", "required" },
  { "prescription_cancel", "{\"code\":\"other\",\"note\":\"Patient asked\"}", NULL, NULL },
  { "sms_text", "{\"event\":\"code\",\"language\":\"en\",\"text\":\"{code} at {hospital}\",\"dlt_id\":\"1107161234567890123\"}", NULL, NULL },
  { "sms_text", "{\"event\":\"code\",\"language\":\"en\",\"text\":\"Your code at {hospital}\"}", "text", "required" },
  { "sms_text", "{\"event\":\"code\",\"language\":\"en\",\"text\":\"{code} {name}\"}", "text", "unknown_code" },
  { "sms_text", "{\"event\":\"appointment_booked\",\"language\":\"hi\",\"text\":\"{date}\"}", "text", "required" },
  { "sms_text", "{\"event\":\"appointment_booked\",\"language\":\"hi\",\"text\":\"{date} {time}\"}", NULL, NULL },
  { "sms_text", "{\"event\":\"code\",\"language\":\"en\",\"text\":\"{code}\",\"dlt_id\":\"11A\"}", "dlt_id", "format" },
  { "mail_template", "{\"event\":\"order_confirmed\",\"language\":\"en\",\"subject\":\"Order {order}\",\"text\":\"Dear {name}\"}", NULL, NULL },
  { "mail_template", "{\"event\":\"order_confirmed\",\"language\":\"en\",\"subject\":\"Order {order}\",\"text\":\"Dear {nobody}\"}", "text", "unknown_code" },
  { "mail_template", "{\"event\":\"order_confirmed\",\"language\":\"en\",\"subject\":\"Dear {name}\",\"text\":\"x\"}", "subject", "unknown_code" },
  { "mail_template", "{\"event\":\"order_confirmed\",\"language\":\"en\",\"subject\":\"x\",\"text\":\"{name\"}", "text", "unknown_code" },
  { "test", "{\"code\":\"FBS\",\"name\":\"X\",\"bench\":\"C\",\"specimen\":\"x\",\"container\":\"FLU\",\"analytes\":[\"GLU\"],\"price\":0,\"fasting\":true,\"fasting_hours\":8}", NULL, NULL },
  { "test", "{\"code\":\"FBS\",\"name\":\"X\",\"bench\":\"C\",\"specimen\":\"x\",\"container\":\"FLU\",\"analytes\":[\"GLU\"],\"price\":0,\"fasting_hours\":8}", "fasting", "mismatch" },
  { "test", "{" KIOSK ",\"kiosk\":true,\"kiosk_name\":\"Sugar\",\"kiosk_text\":\"Sugar in the blood.\"}", NULL, NULL },
  { "test", "{" KIOSK ",\"kiosk\":true,\"kiosk_text\":\"Sugar in the blood.\"}", "kiosk_name", "required" },
  { "test", "{" KIOSK ",\"kiosk\":true,\"kiosk_name\":\"Sugar\"}", "kiosk_text", "required" },
  { "test", "{" KIOSK ",\"kiosk\":false}", NULL, NULL },
  { "panel", "{\"code\":\"MHC\",\"name\":\"X\",\"tests\":[\"FBS\"],\"price\":0,\"kiosk\":true,\"kiosk_name\":\"Check\",\"kiosk_text\":\"All in one.\"}", NULL, NULL },
  { "panel", "{\"code\":\"MHC\",\"name\":\"X\",\"tests\":[\"FBS\"],\"price\":0,\"kiosk\":true,\"kiosk_name\":\"Check\"}", "kiosk_text", "required" },
  { "test", "{\"code\":\"FBS\",\"name\":\"X\",\"bench\":\"C\",\"specimen\":\"x\",\"container\":\"FLU\",\"analytes\":[\"GLU\"],\"price\":-1}", "price", "out_of_range" },
  { "price_list", "{\"code\":\"A\",\"name\":\"A\",\"currency\":\"INR\",\"valid_from\":\"2026-04-01\",\"valid_until\":\"2026-04-01\"}", NULL, NULL },
  { "price_list", "{\"code\":\"A\",\"name\":\"A\",\"currency\":\"INR\",\"valid_from\":\"2026-04-01\",\"valid_until\":\"2026-03-31\"}", "valid_until", "order" },
  { "price_list", "{\"code\":\"A\",\"name\":\"A\",\"currency\":\"INR\",\"entries\":[{\"code\":\"CBC\"}]}", "entries[0].price", "required" },
  { "analyte", "{" ANALYTE "\"kind\":\"calculated\"}", "formula", "required" },
  { "analyte", "{" ANALYTE "\"kind\":\"calculated\",\"formula\":\"A / B\"}", NULL, NULL },
  { "analyte", "{" ANALYTE "\"kind\":\"coded\"}", "value_set", "required" },
  { "analyte", "{" ANALYTE "\"kind\":\"coded\",\"value_set\":\"NEGPOS\"}", NULL, NULL },
  { "analyte", "{" ANALYTE "\"kind\":\"numeric\",\"delta_mode\":\"absolute\"}", "delta_limit", "required" },
  { "analyte", "{" ANALYTE "\"kind\":\"numeric\",\"delta_mode\":\"rcv\",\"cvi_percent\":\"5\"}", "cvi_percent", "required" },
  { "analyte", "{" ANALYTE "\"kind\":\"numeric\",\"delta_mode\":\"rcv\",\"cvi_percent\":\"5\",\"cva_goal_percent\":\"2.5\"}", NULL, NULL },
  { "analyte", "{" ANALYTE "\"kind\":\"numeric\",\"plausible_low\":\"1.0\",\"plausible_high\":\"1.00\"}", NULL, NULL },
  { "analyte", "{" ANALYTE "\"kind\":\"numeric\",\"plausible_low\":\"1.01\",\"plausible_high\":\"1.0\"}", "plausible_high", "order" },
  { "analyte", "{" ANALYTE "\"kind\":\"numeric\",\"reportable_low\":\"10\",\"reportable_high\":\"9\"}", "reportable_high", "order" },
  { "reference_range", "{" RANGE "\"from_age\":\"0d\",\"to_age\":\"6mo\",\"from_days\":0,\"to_days\":183}", NULL, NULL },
  { "reference_range", "{\"analyte\":\"HGB\",\"kind\":\"reference\",\"sex\":\"any\"}", "low", "required" },
  { "reference_range", "{\"analyte\":\"HGB\",\"kind\":\"reference\",\"sex\":\"any\",\"low\":\"0\"}", NULL, NULL },
  { "reference_range", "{\"analyte\":\"HGB\",\"kind\":\"reference\",\"sex\":\"any\",\"high\":\"5\"}", NULL, NULL },
  { "reference_range", "{\"analyte\":\"HGB\",\"kind\":\"critical\",\"sex\":\"any\",\"label\":\"words\"}", "low", "required" },
  { "reference_range", "{\"analyte\":\"HGB\",\"kind\":\"band\",\"sex\":\"any\",\"label\":\"words\"}", NULL, NULL },
  { "reference_range", "{" RANGE "\"from_age\":\"6 mo\"}", "from_age", "format" },
  { "reference_range", "{" RANGE "\"from_age\":\"y\"}", "from_age", "format" },
  { "reference_range", "{" RANGE "\"to_age\":\"12\"}", "to_age", "format" },
  { "reference_range", "{" RANGE "\"from_days\":30,\"to_days\":30}", "to_days", "order" },
  { "reference_range", "{" RANGE "\"from_days\":30,\"to_days\":31}", NULL, NULL },
  { "reference_range", "{" RANGE "\"pregnancy\":\"t1\"}", "pregnancy", "mismatch" },
  { "reference_range", "{" RANGE "\"low\":\"17.0\",\"high\":\"13.0\"}", "high", "order" },
  { "order", "{" ORDER "\"items\":[{\"test\":\"CBC\"},{\"test\":\"TSH\"}]}", NULL, NULL },
  { "order", "{" ORDER "\"items\":[{\"test\":\"CBC\"},{\"test\":\"TSH\"},{\"test\":\"CBC\"}]}", "items[2].test", "duplicate" },
  { "order", "{" ORDER "\"items\":[]}", "items", "required" },
  { "order", "{" ORDER "\"items\":[{}]}", "items[0].test", "required" },
  { "order", "{" ORDER "\"items\":[{\"test\":\"CBC\"}],\"discount\":100}", "discount_reason", "required" },
  { "order", "{" ORDER "\"items\":[{\"test\":\"CBC\"}],\"discount\":100,\"discount_reason\":\"Staff\"}", NULL, NULL },
  { "order", "{" ORDER "\"items\":[{\"test\":\"CBC\"}],\"discount_rate\":1,\"discount_code\":\"staff\"}", NULL, NULL },
  { "order", "{" ORDER "\"items\":[{\"test\":\"CBC\"}],\"discount_rate\":1,\"discount_code\":\"other\"}", "discount_reason", "required" },
  { "order", "{" ORDER "\"items\":[{\"test\":\"CBC\",\"discount\":1}]}", "discount_reason", "required" },
  { "order", "{" ORDER "\"items\":[{\"test\":\"CBC\"}],\"discount_rate\":10000,\"discount_code\":\"staff\"}", NULL, NULL },
  { "order", "{" ORDER "\"items\":[{\"test\":\"CBC\"}],\"discount_rate\":10001,\"discount_code\":\"staff\"}", "discount_rate", "out_of_range" },
  { "discount_request", "{\"discount_rate\":1000,\"discount_code\":\"senior_citizen\"}", NULL, NULL },
  { "discount_request", "{\"discount\":0}", NULL, NULL },
  { "discount_request", "{\"discount\":1}", "discount_reason", "required" },
  { "discount_request", "{}", "discount", "required" },
  { "discount_request", "{\"discount\":1,\"discount_rate\":1,\"discount_code\":\"staff\"}", "discount", "mismatch" },
  { "tax_rule", "{\"code\":\"GST\",\"name\":\"GST\",\"kind\":\"percent\",\"rate\":500}", NULL, NULL },
  { "tax_rule", "{\"code\":\"GST\",\"name\":\"GST\",\"kind\":\"percent\",\"rate\":0}", NULL, NULL },
  { "tax_rule", "{\"code\":\"GST\",\"name\":\"GST\",\"kind\":\"percent\",\"rate\":-1}", "rate", "out_of_range" },
  { "tax_rule", "{\"code\":\"GST\",\"name\":\"GST\",\"kind\":\"percent\",\"rate\":10000}", NULL, NULL },
  { "tax_rule", "{\"code\":\"GST\",\"name\":\"GST\",\"kind\":\"percent\",\"rate\":10001}", "rate", "out_of_range" },
  { "tax_rule", "{\"code\":\"GST\",\"name\":\"GST\",\"kind\":\"percent\"}", "rate", "required" },
  { "tax_rule", "{\"code\":\"FLAT\",\"name\":\"Tax\",\"kind\":\"flat_per_order\"}", "amount", "required" },
  { "tax_rule", "{\"code\":\"FLAT\",\"name\":\"Tax\",\"kind\":\"flat_per_order\",\"amount\":0}", NULL, NULL },
  { "tax_rule", "{\"code\":\"FLAT\",\"name\":\"Tax\",\"kind\":\"flat_per_order\",\"amount\":1,\"inclusive\":true}", "inclusive", "mismatch" },
  { "tax_rule", "{\"code\":\"FREE\",\"name\":\"Exempt\",\"kind\":\"percent\",\"exempt\":true}", NULL, NULL },
  { "tax_rule", "{\"code\":\"FREE\",\"name\":\"Exempt\",\"kind\":\"percent\",\"exempt\":true,\"valid_from\":\"2026-04-01\",\"valid_until\":\"2026-03-31\"}", "valid_until", "order" },
  { "tax_rule", "{\"code\":\"FREE\",\"name\":\"Exempt\",\"kind\":\"percent\",\"exempt\":true,\"valid_from\":\"2026-04-01\",\"valid_until\":\"2026-04-01\"}", NULL, NULL },
  { "debit_request", "{\"reason\":\"undercharged\",\"lines\":[{\"description\":\"Home visit\",\"price\":1}]}", NULL, NULL },
  { "debit_request", "{\"reason\":\"undercharged\",\"lines\":[{\"description\":\"Home visit\",\"price\":0}]}", "lines[0].price", "out_of_range" },
  { "debit_request", "{\"reason\":\"other\",\"lines\":[{\"description\":\"Home visit\",\"price\":1}]}", "note", "required" },
  { "payment", "{\"method\":\"cash\",\"amount\":51100,\"tendered\":51100}", NULL, NULL },
  { "payment", "{\"method\":\"cash\",\"amount\":51100,\"tendered\":51099}", "tendered", "out_of_range" },
  { "payment", "{\"method\":\"cash\",\"amount\":0}", "amount", "out_of_range" },
  { "payment", "{\"method\":\"cash\"}", "amount", "required" },
  { "payment", "{\"method\":\"cheque\",\"amount\":1}", "method", "unknown_code" },
  { "custody_event", "{\"event\":\"collected\",\"identifiers\":[\"name\",\"mrn\"]}", NULL, NULL },
  { "custody_event", "{\"event\":\"collected\",\"identifiers\":[\"face\"]}", "identifiers", "unknown_code" },
  { "custody_event", "{\"event\":\"stored\",\"reason\":\"kept for a second opinion\"}", NULL, NULL },
  { "custody_event", "{\"event\":\"rejected\"}", "reason", "required" },
  { "custody_event", "{\"event\":\"rejected\",\"reason\":\"looks odd\"}", "reason", "unknown_code" },
  { "custody_event", "{\"event\":\"rejected\",\"reason\":\"haemolysed\"}", NULL, NULL },
  { "report_change", "{\"kind\":\"correct\",\"reason\":\"typing\",\"values\":[{\"analyte\":\"K\",\"new_value\":\"5\"}]}", NULL, NULL },
  { "report_change", "{\"kind\":\"correct\",\"reason\":\"information\"}", "reason", "not_allowed" },
  { "report_change", "{\"kind\":\"amend\",\"reason\":\"repeated\",\"comment\":\"x\"}", NULL, NULL },
  { "report_change", "{\"kind\":\"amend\",\"reason\":\"typing\"}", "reason", "not_allowed" },
  { "report_change", "{\"kind\":\"append\",\"reason\":\"interpretation\",\"comment\":\"x\"}", NULL, NULL },
  { "report_change", "{\"kind\":\"append\",\"reason\":\"interpretation\"}", "comment", "required" },
  { "report_change", "{\"kind\":\"append\",\"reason\":\"interpretation\",\"comment\":\"x\",\"values\":[{\"analyte\":\"K\",\"new_value\":\"5\"}]}", "values", "not_allowed" },
  { "report_change", "{\"kind\":\"withdraw\",\"reason\":\"duplicate\"}", NULL, NULL },
  { "report_change", "{\"kind\":\"withdraw\",\"reason\":\"duplicate\",\"comment\":\"x\"}", "comment", "not_allowed" },
  { "report_change", "{\"kind\":\"withdraw\",\"reason\":\"other\"}", "note", "required" },
  { "report_change", "{\"kind\":\"withdraw\",\"reason\":\"other\",\"note\":\"x\"}", NULL, NULL },
  { "report_template", "{\"name\":\"House\"}", NULL, NULL },
  { "report_template", "{\"name\":\"House\",\"logo\":\"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\"}", NULL, NULL },
  { "report_template", "{\"name\":\"House\",\"logo\":\"iVBORw0KGgoAAAANSUhEUgAAAZAAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\"}", NULL, NULL },
  { "report_template", "{\"name\":\"House\",\"logo\":\"iVBORw0KGgoAAAANSUhEUgAAAZEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\"}", "logo", "format" },
  { "report_template", "{\"name\":\"House\",\"logo\":\"R0lGODlhAQABAAAAACw=\"}", "logo", "format" },
  { "verification", "{\"decision\":\"verify\"}", NULL, NULL },
  { "verification", "{\"decision\":\"return\"}", "comment", "required" },
  { "verification", "{\"decision\":\"return\",\"comment\":\"Repeat potassium\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":72}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"note\":\"Asleep\"}", "resp", "required" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"systolic\":120,\"diastolic\":80}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"systolic\":80,\"diastolic\":80}", "diastolic", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"o2\":\"air\",\"spo2\":97}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"o2\":\"air\",\"spo2\":97,\"o2_flow\":\"2\"}", "o2", "mismatch" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"o2\":\"air\",\"spo2\":97,\"o2_percent\":28}", "o2", "mismatch" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"o2\":\"venturi\",\"spo2\":97,\"o2_percent\":21}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"o2\":\"venturi\",\"spo2\":97,\"o2_percent\":20}", "o2_percent", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"o2\":\"venturi\",\"spo2\":97,\"o2_percent\":100}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"o2\":\"venturi\",\"spo2\":97,\"o2_percent\":101}", "o2_percent", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"systolic\":120,\"bp_method\":\"arterial\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":72,\"bp_method\":\"arterial\"}", "bp_method", "mismatch" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"37\",\"temperature_site\":\"ear\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":72,\"temperature_site\":\"ear\"}", "temperature_site", "mismatch" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"25\",\"temperature_unit\":\"Cel\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"45\",\"temperature_unit\":\"Cel\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"24.9\",\"temperature_unit\":\"Cel\"}", "temperature", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"45.1\",\"temperature_unit\":\"Cel\"}", "temperature", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"25\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"45\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"24.9\"}", "temperature", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"98.6\"}", "temperature", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"77\",\"temperature_unit\":\"[degF]\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"113\",\"temperature_unit\":\"[degF]\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"76.9\",\"temperature_unit\":\"[degF]\"}", "temperature", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"temperature\":\"113.1\",\"temperature_unit\":\"[degF]\"}", "temperature", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"weight\":\"0.3\",\"weight_unit\":\"kg\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"weight\":\"400\",\"weight_unit\":\"kg\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"weight\":\"0.29\",\"weight_unit\":\"kg\"}", "weight", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"weight\":\"400.1\",\"weight_unit\":\"kg\"}", "weight", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"weight\":\"300\",\"weight_unit\":\"g\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"weight\":\"400000\",\"weight_unit\":\"g\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"weight\":\"299\",\"weight_unit\":\"g\"}", "weight", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"weight\":\"400001\",\"weight_unit\":\"g\"}", "weight", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"weight\":\"0.7\",\"weight_unit\":\"[lb_av]\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"weight\":\"880\",\"weight_unit\":\"[lb_av]\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"weight\":\"0.6\",\"weight_unit\":\"[lb_av]\"}", "weight", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"weight\":\"880.1\",\"weight_unit\":\"[lb_av]\"}", "weight", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"height\":\"20\",\"height_unit\":\"cm\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"height\":\"260\",\"height_unit\":\"cm\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"height\":\"19.9\",\"height_unit\":\"cm\"}", "height", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"height\":\"260.1\",\"height_unit\":\"cm\"}", "height", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"height\":\"0.2\",\"height_unit\":\"m\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"height\":\"2.6\",\"height_unit\":\"m\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"height\":\"0.19\",\"height_unit\":\"m\"}", "height", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"height\":\"2.61\",\"height_unit\":\"m\"}", "height", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"height\":\"8\",\"height_unit\":\"[in_i]\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"height\":\"102\",\"height_unit\":\"[in_i]\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"height\":\"7.9\",\"height_unit\":\"[in_i]\"}", "height", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"height\":\"102.1\",\"height_unit\":\"[in_i]\"}", "height", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"glucose\":\"10\",\"glucose_unit\":\"mg/dL\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"glucose\":\"1500\",\"glucose_unit\":\"mg/dL\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"glucose\":\"9.9\",\"glucose_unit\":\"mg/dL\"}", "glucose", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"glucose\":\"1501\",\"glucose_unit\":\"mg/dL\"}", "glucose", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"glucose\":\"0.6\",\"glucose_unit\":\"mmol/L\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"glucose\":\"83\",\"glucose_unit\":\"mmol/L\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"glucose\":\"0.5\",\"glucose_unit\":\"mmol/L\"}", "glucose", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"glucose\":\"83.1\",\"glucose_unit\":\"mmol/L\"}", "glucose", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":72,\"o2_flow\":\"0\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":72,\"o2_flow\":\"80\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":72,\"o2_flow\":\"-0.1\"}", "o2_flow", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":72,\"o2_flow\":\"80.5\"}", "o2_flow", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":72,\"head_cm\":\"15\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":72,\"head_cm\":\"75\"}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":72,\"head_cm\":\"14.9\"}", "head_cm", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":72,\"head_cm\":\"75.1\"}", "head_cm", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"resp\":0}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"resp\":120}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"resp\":-1}", "resp", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"resp\":121}", "resp", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"spo2\":30}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"spo2\":100}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"spo2\":29}", "spo2", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"spo2\":101}", "spo2", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"systolic\":20}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"systolic\":320}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"systolic\":19}", "systolic", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"systolic\":321}", "systolic", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":10}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":350}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":9}", "pulse", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pulse\":351}", "pulse", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pain\":0}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pain\":10}", NULL, NULL },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pain\":-1}", "pain", "out_of_range" },
  { "vitals", "{\"visit_id\":\"" AN_ID "\",\"pain\":11}", "pain", "out_of_range" },
  { "problem_item", "{\"patient_id\":\"" AN_ID "\",\"title\":\"Cough\",\"verification\":\"confirmed\",\"status\":\"active\",\"onset\":\"2026-03-02\"}", NULL, NULL },
  { "problem_item", "{\"patient_id\":\"" AN_ID "\",\"title\":\"Cough\",\"verification\":\"confirmed\",\"status\":\"resolved\",\"onset\":\"2026-03-02\",\"ended\":\"2026-03-02\"}", NULL, NULL },
  { "problem_item", "{\"patient_id\":\"" AN_ID "\",\"title\":\"Cough\",\"verification\":\"confirmed\",\"status\":\"resolved\",\"onset\":\"2026-03-02\",\"ended\":\"2026-03-01\"}", "ended", "before_onset" },
  { "problem_item", "{\"patient_id\":\"" AN_ID "\",\"title\":\"Cough\",\"verification\":\"confirmed\",\"status\":\"active\",\"ended\":\"2026-03-02\"}", "status", "ended" },
  { "problem_item", "{\"patient_id\":\"" AN_ID "\",\"title\":\"Cough\",\"verification\":\"confirmed\",\"status\":\"recurrence\",\"ended\":\"2026-03-02\"}", "status", "ended" },
  { "problem_item", "{\"patient_id\":\"" AN_ID "\",\"title\":\"Cough\",\"verification\":\"confirmed\",\"status\":\"inactive\",\"ended\":\"2026-03-02\"}", NULL, NULL },
  { "immunisation", "{\"patient_id\":\"" AN_ID "\",\"vaccine\":\"mr\",\"status\":\"completed\",\"given_on\":\"2026-03-02\",\"expires\":\"2026-03-02\"}", NULL, NULL },
  { "immunisation", "{\"patient_id\":\"" AN_ID "\",\"vaccine\":\"mr\",\"status\":\"completed\",\"given_on\":\"2026-03-02\",\"expires\":\"2026-03-01\"}", "expires", "expired" },
  { "immunisation", "{\"patient_id\":\"" AN_ID "\",\"vaccine\":\"mr\",\"status\":\"not_done\",\"given_on\":\"2026-03-02\",\"reason\":\"refused\"}", NULL, NULL },
  { "immunisation", "{\"patient_id\":\"" AN_ID "\",\"vaccine\":\"mr\",\"status\":\"not_done\",\"given_on\":\"2026-03-02\"}", "reason", "required" },
  { "immunisation", "{\"patient_id\":\"" AN_ID "\",\"vaccine\":\"mr\",\"status\":\"completed\",\"given_on\":\"2026-03-02\",\"reason\":\"refused\"}", "reason", "not_allowed" },
  { "immunisation", "{\"patient_id\":\"" AN_ID "\",\"vaccine\":\"other\",\"status\":\"completed\",\"given_on\":\"2026-03-02\"}", "vaccine_name", "required" },
  { "immunisation", "{\"patient_id\":\"" AN_ID "\",\"vaccine\":\"other\",\"status\":\"completed\",\"given_on\":\"2026-03-02\",\"vaccine_name\":\"Cholera\"}", NULL, NULL },
  { "history_item", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"family\",\"relation\":\"mother\",\"text\":\"Diabetes\",\"status\":\"current\"}", NULL, NULL },
  { "history_item", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"family\",\"text\":\"Diabetes\",\"status\":\"current\"}", "relation", "required" },
  { "history_item", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"family\",\"relation\":\"mother\",\"status\":\"current\"}", "text", "required" },
  { "history_item", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"tobacco\",\"status\":\"current\"}", "use", "required" },
  { "history_item", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"tobacco\",\"use\":\"never\",\"status\":\"current\"}", NULL, NULL },
  { "history_item", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"occupation\",\"status\":\"current\"}", "text", "required" },
  { "history_item", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"tobacco\",\"use\":\"former\",\"since\":\"2026-03-02\",\"until\":\"2026-03-02\",\"status\":\"current\"}", NULL, NULL },
  { "history_item", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"tobacco\",\"use\":\"former\",\"since\":\"2026-03-02\",\"until\":\"2026-03-01\",\"status\":\"current\"}", "until", "before_since" },
  { "note", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"progress\",\"title\":\"Round\"}", NULL, NULL },
  { "note", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"progress\",\"title\":\"Round\",\"sections\":[{\"title\":\"Plan\",\"text\":\"\"}]}", NULL, NULL },
  { "note", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"progress\",\"title\":\"Round\",\"sections\":{}}", "sections", "not_sections" },
  { "note", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"progress\",\"title\":\"Round\",\"sections\":[{\"title\":\"\",\"text\":\"\"}]}", "sections", "not_sections" },
  { "note", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"progress\",\"title\":\"Round\",\"sections\":[{\"title\":\"Plan\"}]}", "sections", "not_sections" },
  { "note", "{\"patient_id\":\"" AN_ID "\",\"kind\":\"progress\",\"title\":\"Round\",\"sections\":[{\"title\":\"Plan\",\"text\":\"\",\"more\":\"\"}]}", "sections", "not_sections" },
  { "prescription", "{\"patient_id\":\"" AN_ID "\",\"tests\":[\"CBC\"]}", NULL, NULL },
  { "prescription", "{\"patient_id\":\"" AN_ID "\",\"lines\":[{\"name\":\"Paracetamol\"}]}", NULL, NULL },
  { "prescription", "{\"patient_id\":\"" AN_ID "\",\"lines\":[{\"dose\":\"1\"}]}", "lines[0].name", "required" },
  { "prescription", "{\"patient_id\":\"" AN_ID "\"}", "tests", "required" },
  { "results_put", "{\"results\":[{\"analyte\":\"HGB\",\"value\":\"13.2\"}],\"final\":false}", NULL, NULL },
  { "results_put", "{\"results\":[{\"value\":\"13.2\"}]}", "results[0].analyte", "required" },
  { "recovery", "{\"action\":\"convert_to_cod\"}", NULL, NULL },
  { "reflex_rule", "{\"code\":\"R1\",\"name\":\"FT4\",\"analyte\":\"TSH\",\"add_test\":\"FT4T\",\"flags\":[\"H\"]}", NULL, NULL },
  { "reflex_rule", "{\"code\":\"R1\",\"name\":\"FT4\",\"analyte\":\"TSH\",\"add_test\":\"FT4T\",\"operator\":\"above\",\"value\":\"4.5\"}", NULL, NULL },
  { "reflex_rule", "{\"code\":\"R1\",\"name\":\"FT4\",\"analyte\":\"TSH\",\"add_test\":\"FT4T\"}", "operator", "required" },
  { "reflex_rule", "{\"code\":\"R1\",\"name\":\"FT4\",\"analyte\":\"TSH\",\"add_test\":\"FT4T\",\"operator\":\"above\"}", "value", "required" },
  { "reflex_rule", "{\"code\":\"R1\",\"name\":\"FT4\",\"analyte\":\"TSH\",\"add_test\":\"FT4T\",\"operator\":\"above\",\"value\":\"high\"}", "value", "format" },
  { "reflex_rule", "{\"code\":\"R1\",\"name\":\"FT4\",\"analyte\":\"TSH\",\"add_test\":\"FT4T\",\"operator\":\"is\",\"value\":\"R\"}", NULL, NULL },
  { "reflex_rule", "{\"code\":\"R1\",\"name\":\"FT4\",\"analyte\":\"TSH\",\"add_test\":\"FT4T\",\"operator\":\"between\",\"value\":\"1\"}", "value_to", "required" },
  { "reflex_rule", "{\"code\":\"R1\",\"name\":\"FT4\",\"analyte\":\"TSH\",\"add_test\":\"FT4T\",\"operator\":\"between\",\"value\":\"1\",\"value_to\":\"1\"}", NULL, NULL },
  { "reflex_rule", "{\"code\":\"R1\",\"name\":\"FT4\",\"analyte\":\"TSH\",\"add_test\":\"FT4T\",\"operator\":\"between\",\"value\":\"1.1\",\"value_to\":\"1\"}", "value_to", "order" },
  { "reflex_rule", "{\"code\":\"R1\",\"name\":\"FT4\",\"analyte\":\"TSH\",\"add_test\":\"FT4T\",\"flags\":[\"H\"],\"test\":\"FT4T\"}", "add_test", "mismatch" },
  { "reflex_rule", "{\"code\":\"R1\",\"name\":\"FT4\",\"analyte\":\"TSH\",\"add_test\":\"FT4T\",\"flags\":[\"H\"],\"test\":\"TSHT\"}", NULL, NULL },
  { "reagent", "{\"code\":\"GLU-R\",\"name\":\"Glucose reagent\",\"uses\":[\"GLU=1\",\"FBS=100000\"]}", NULL, NULL },
  { "reagent", "{\"code\":\"GLU-R\",\"name\":\"Glucose reagent\",\"uses\":[\"GLU=0\"]}", "uses", "format" },
  { "reagent", "{\"code\":\"GLU-R\",\"name\":\"Glucose reagent\",\"uses\":[\"GLU=100001\"]}", "uses", "format" },
  { "reagent", "{\"code\":\"GLU-R\",\"name\":\"Glucose reagent\",\"uses\":[\"=1\"]}", "uses", "format" },
  { "reagent", "{\"code\":\"GLU-R\",\"name\":\"Glucose reagent\",\"uses\":[\"GLU\"]}", "uses", "format" },
  { "reagent_lot", "{\"reagent\":\"GLU-R\",\"lot\":\"A1\",\"quantity\":1,\"received_on\":\"2026-11-21\",\"expiry\":\"2026-11-21\"}", NULL, NULL },
  { "reagent_lot", "{\"reagent\":\"GLU-R\",\"lot\":\"A1\",\"quantity\":1,\"received_on\":\"2026-11-21\",\"expiry\":\"2026-11-20\"}", "expiry", "order" },
  { "auto_rule", "{\"name\":\"In range\",\"low\":\"1.50\",\"high\":\"1.5\"}", NULL, NULL },
  { "auto_rule", "{\"name\":\"In range\",\"low\":\"1.51\",\"high\":\"1.5\"}", "high", "out_of_range" },
  { "auto_trial", "{\"from\":\"2026-11-21\",\"to\":\"2026-11-21\"}", NULL, NULL },
  { "auto_trial", "{\"from\":\"2026-11-21\",\"to\":\"2026-11-20\"}", "to", "out_of_range" },
  { "critical_call", "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"no_answer\"}", NULL, NULL },
  { "critical_call", "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"no_answer\",\"matched\":true}", "matched", "out_of_range" },
  { "critical_call", "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"reached\",\"read_back\":\"6.9\",\"matched\":true,\"to_name\":\"Dr A\"}", NULL, NULL },
  { "critical_call", "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"reached\",\"read_back\":\"9.6\",\"matched\":false,\"to_name\":\"Dr A\"}", NULL, NULL },
  { "critical_call", "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"reached\",\"matched\":true,\"to_name\":\"Dr A\"}", "read_back", "required" },
  { "critical_call", "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"reached\",\"read_back\":\"6.9\",\"to_name\":\"Dr A\"}", "matched", "required" },
  { "critical_call", "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"reached\",\"read_back\":\"6.9\",\"matched\":true}", "to_name", "required" },
  { "critical_closing", "{\"reason\":\"acknowledged\"}", NULL, NULL },
  { "critical_closing", "{\"reason\":\"reconciled\"}", "note", "required" },
  { "critical_closing", "{\"reason\":\"duplicate\",\"note\":\"called for the other tube\"}", NULL, NULL },
  { "recovery", "{\"action\":\"ignore\"}", "action", "unknown_code" },
  { "unit_state", "{\"state\":\"available\"}", NULL, NULL },
  { "unit_state", "{\"state\":\"out_of_service\",\"reason\":\"Flat tyre\"}", NULL, NULL },
  { "unit_state", "{\"state\":\"out_of_service\"}", "reason", "required" },
  { "mission_step", "{\"step\":\"accepted\"}", NULL, NULL },
  { "mission_step", "{\"step\":\"refused\",\"refusal\":\"defect\"}", NULL, NULL },
  { "mission_step", "{\"step\":\"refused\",\"refusal\":\"other\"}", "note", "required" },
  { "mission_step", "{\"step\":\"accepted\",\"refusal\":\"defect\"}", "refusal", "mismatch" },
  { "mission_standing_down", "{\"reason\":\"other\",\"note\":\"Flooded\"}", NULL, NULL },
  { "mission_standing_down", "{\"reason\":\"other\"}", "note", "required" },
  { "care_site", "{\"code\":\"A\",\"name\":\"A\",\"lat\":\"90\",\"lon\":\"180\",\"ed_beds\":20,\"hospital_beds\":20}", NULL, NULL },
  { "care_site", "{\"code\":\"A\",\"name\":\"A\",\"lat\":\"-90\",\"lon\":\"-180\",\"ed_beds\":1,\"hospital_beds\":5000}", NULL, NULL },
  { "care_site", "{\"code\":\"A\",\"name\":\"A\",\"lat\":\"90.1\",\"lon\":\"180\",\"ed_beds\":20,\"hospital_beds\":20}", "lat", "out_of_range" },
  { "care_site", "{\"code\":\"A\",\"name\":\"A\",\"lat\":\"-90.1\",\"lon\":\"0\",\"ed_beds\":20,\"hospital_beds\":20}", "lat", "out_of_range" },
  { "care_site", "{\"code\":\"A\",\"name\":\"A\",\"lat\":\"90\",\"lon\":\"180.1\",\"ed_beds\":20,\"hospital_beds\":20}", "lon", "out_of_range" },
  { "care_site", "{\"code\":\"A\",\"name\":\"A\",\"lat\":\"90\",\"lon\":\"-180.1\",\"ed_beds\":20,\"hospital_beds\":20}", "lon", "out_of_range" },
  { "care_site", "{\"code\":\"A\",\"name\":\"A\",\"lat\":\"57.7\",\"lon\":\"11.9\",\"ed_beds\":21,\"hospital_beds\":20}", "ed_beds", "mismatch" },
};
/* clang-format on */

static void
test_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (MhIssues) issues = mh_issues_new ();
      g_autoptr (MhRecord) record
          = mh_record_from_text (mh_registry_find (c->type), c->json, -1, MH_JSON_CREATE, &error);

      g_assert_no_error (error);
      mh_record_check (record, MH_CHECK_CREATE, issues);
      const MhIssue *first = mh_issues_count (issues) > 0 ? mh_issues_nth (issues, 0) : NULL;
      if (mh_issues_count (issues) != (c->field != NULL)
          || g_strcmp0 (first ? first->field : NULL, c->field) != 0
          || g_strcmp0 (first ? first->code : NULL, c->code) != 0)
        g_error ("%s %s: got %s %s, %u issues", c->type, c->json, first ? first->field : "none",
                 first ? first->code : "", mh_issues_count (issues));
    }
}

/* No check() without a case that makes it complain, and none whose good case is missing. */
static void
test_every_rule_has_cases (void)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      guint good = 0, bad = 0;

      for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
        if (g_str_equal (cases[k].type, type->code))
          *(cases[k].field == NULL ? &good : &bad) += 1;
      if (type->check != NULL && (good == 0 || bad == 0))
        g_string_append_printf (missing, " %s: %u good and %u bad;", type->code, good, bad);
    }
  if (missing->len > 0)
    g_error ("checks without cases:%s", missing->str);
}

/* Fields that only the server sets are refused, one by one. */
static void
test_server_set (void)
{
  static const char *const tries[][2] = {
    { "patient", "mrn" },         { "patient", "search_text" }, { "order", "status" },
    { "order", "total" },         { "order", "tab" },           { "sample", "accession" },
    { "user", "password_hash" },  { "payment", "status" },      { "result", "verified_by" },
    { "report", "content_hash" }, { "audit_entry", "hash" },    { "order", "version" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"%s\":null}", tries[i][1]);
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRecord) record
          = mh_record_from_text (mh_registry_find (tries[i][0]), json, -1, MH_JSON_CREATE, &error);

      g_assert_null (record);
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      g_assert_cmpstr (mh_issues_nth (mh_error_get_issues (error), 0)->code, ==, "read_only");
    }
}

static void
test_display (void)
{
  static const char *const shown[][3] = {
    { "patient", "{\"given_name\":\"Asha\",\"middle_name\":\"R\",\"family_name\":\"Verma\"}",
      "Asha R Verma" },
    { "patient", "{\"family_name\":\"Verma\"}", "Verma" },
    { "order", "{\"number\":\"O-1\"}", "O-1" },
    { "sample", "{\"accession\":\"L126143004711R\"}", "L126143004711R" },
    { "user", "{\"username\":\"asha\"}", "asha" },
    { "user", "{\"username\":\"asha\",\"name\":\"Asha Verma\"}", "Asha Verma" },
    { "device", "{\"code\":\"D1\",\"name\":\"Front desk\"}", "Front desk (D1)" },
    { "report", "{\"number\":\"R-7\",\"version_no\":2}", "R-7 v2" },
    { "prescription", "{\"number\":\"P-3\"}", "P-3" },
    { "job", "{\"kind\":\"order.expire\"}", "order.expire" },
    { "test", "{\"name\":\"Complete blood count\"}", "Complete blood count" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRecord) record = mh_record_from_text (mh_registry_find (shown[i][0]),
                                                         shown[i][1], -1, MH_JSON_TRUSTED, &error);
      g_assert_no_error (error);
      g_autofree char *line = mh_record_display (record);
      g_assert_cmpstr (line, ==, shown[i][2]);
    }
}

/* Identifying data is masked in the audit trail; secrets never leave. */
static void
test_sensitive (void)
{
  static const char *const open_fields[] = {
    "mrn",
    "native_script",
    "sex",
    "birth_estimated",
    "birth_order",
    "state",
    "country",
    "language",
    "guardian_relation",
    "emergency_relation",
    "allergy_status",
    "insurer",
    NULL,
  };

  for (guint i = MH_N_COMMON; i < mh_patient_type.n_fields; i++)
    {
      const MhField *field = &mh_patient_type.fields[i];
      gboolean text = field->kind == MH_KIND_TEXT || field->kind == MH_KIND_LONG_TEXT
                      || field->kind == MH_KIND_LIST;

      if (text && (field->flags & (MH_SENSITIVE | MH_SECRET | MH_NO_FORM)) == 0
          && !g_strv_contains (open_fields, field->name))
        g_error ("patient.%s says something about a person: mark it SENSITIVE", field->name);
    }
}

static void
test_permissions (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (const MhCode *code = mh_permission_codes; code->code != NULL; code++)
    {
      g_assert_true (g_regex_match_simple ("^[a-z]+(_[a-z]+)*\\.[a-z]+$", code->code, 0, 0));
      g_assert_true (g_hash_table_add (seen, (gpointer)code->code));
      g_assert_true (mh_permission_is_known (code->code));
    }
  g_assert_false (mh_permission_is_known ("patient.everything"));
  g_assert_false (mh_permission_is_known (NULL));
}

static gboolean
may (const char *role, const char *permission)
{
  return g_strv_contains (mh_role_default_find (role)->permissions, permission);
}

static void
test_roles (void)
{
  static const char *const accounts[] = {
    "reception",  "cashier",    "doctor", "nurse",   "technician", "pathologist",
    "pharmacist", "dispatcher", "crew",   "manager", "admin",
  };

  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      const MhRoleDefault *role = mh_role_default_find (accounts[i]);
      g_autoptr (MhIssues) issues = mh_issues_new ();
      g_assert_nonnull (role);
      g_autoptr (MhRecord) record = mh_role_default_record (role);
      mh_record_check (record, MH_CHECK_CREATE, issues);
      g_assert_cmpuint (mh_issues_count (issues), ==, 0);
      for (guint k = 0; role->permissions[k] != NULL; k++)
        {
          g_assert_true (mh_permission_is_known (role->permissions[k]));
          for (guint n = 0; n < k; n++)
            g_assert_cmpstr (role->permissions[n], !=, role->permissions[k]);
        }
    }
  g_assert_null (mh_role_default_find ("director"));
}

static const char *
shouted (const char *label, gpointer data)
{
  ++*(guint *)data;
  return g_str_equal (label, "Nurse") ? "NURSE" : label;
}

static void
test_role_words (void)
{
  guint asked = 0;
  g_autofree char *two = mh_role_words ("nurse, doctor", NULL, NULL);
  g_autofree char *own = mh_role_words ("porter,nurse", shouted, &asked);
  g_assert_cmpstr (two, ==, "Nurse, Doctor");
  g_assert_cmpstr (own, ==, "porter, NURSE"); /* the hospital's own one has its code alone */
  g_assert_cmpuint (asked, ==, 1);
  g_assert_null (mh_role_words (NULL, NULL, NULL));
  g_assert_null (mh_role_words ("", NULL, NULL));
}

/* The separations that a hospital relies on. */
static void
test_separation (void)
{
  for (const MhRoleDefault *role = mh_role_defaults; role->code != NULL; role++)
    {
      gboolean pathologist = g_str_equal (role->code, MH_ROLE_PATHOLOGIST);
      gboolean admin = g_str_equal (role->code, MH_ROLE_ADMIN);

      g_assert_true (may (role->code, MH_MAY_VERIFY_RESULT) == pathologist);
      /* proposed by who measured or signed; it takes the right to verify to release it */
      g_assert_true (may (role->code, MH_MAY_CORRECT_REPORT)
                     == (pathologist || g_str_equal (role->code, MH_ROLE_TECHNICIAN)));
      g_assert_true (may (role->code, MH_MAY_WRITE_USER) == admin);
      g_assert_true (may (role->code, MH_MAY_WRITE_ROLE) == admin);
      g_assert_true (may (role->code, MH_MAY_READ_AUDIT) == admin);
    }
  g_assert_true (may (MH_ROLE_ADMIN, MH_MAY_SEE_ALL_HOSPITALS));
  g_assert_false (may (MH_ROLE_MANAGER, MH_MAY_SEE_ALL_HOSPITALS));
  g_assert_false (may (MH_ROLE_ADMIN, MH_MAY_READ_PATIENT));
  g_assert_false (may (MH_ROLE_RECEPTION, MH_MAY_ENTER_RESULT));
  g_assert_false (may (MH_ROLE_RECEPTION, MH_MAY_READ_RESULT));
  g_assert_false (may (MH_ROLE_RECEPTION, MH_MAY_REFUND));
  g_assert_false (may (MH_ROLE_DOCTOR, MH_MAY_TAKE_PAYMENT));
  g_assert_false (may (MH_ROLE_TECHNICIAN, MH_MAY_WRITE_ORDER));
  g_assert_true (may (MH_ROLE_TECHNICIAN, MH_MAY_TAKE_PAYMENT)); /* COD at collection */
  g_assert_true (may (MH_ROLE_RECEPTION, MH_MAY_WRITE_PATIENT));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/record-rules/cases", test_rules);
  g_test_add_func ("/record-rules/coverage", test_every_rule_has_cases);
  g_test_add_func ("/record-rules/server-set", test_server_set);
  g_test_add_func ("/record-rules/display", test_display);
  g_test_add_func ("/record-rules/sensitive", test_sensitive);
  g_test_add_func ("/record-rules/permissions", test_permissions);
  g_test_add_func ("/record-rules/roles", test_roles);
  g_test_add_func ("/record-rules/roles-words", test_role_words);
  g_test_add_func ("/record-rules/separation", test_separation);
  return g_test_run ();
}
