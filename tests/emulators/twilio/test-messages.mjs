// SPDX-License-Identifier: GPL-3.0-or-later
// The hospital's own server writes to patients through the provider: what was booked, moved and cancelled is told once, in
// the patient's language, whatever goes wrong on the way; what the provider tells back counts only when it is signed.
import assert from 'node:assert/strict';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { query } from '../razorpay/balance.mjs';
import { Emulator, House, newId, sleep } from '../razorpay/house.mjs';
import { note, runAll, test } from '../razorpay/tap.mjs';
import { ACCOUNT, SENDER, TOKEN } from './sdk.mjs';

const PUBLIC = 'https://hospital.example';
const STORM = Number(process.env.MAHIMA_SMS_STORM ?? 60);
const SEED = Number(process.env.MAHIMA_SMS_SEED ?? 7);
const ENDS = ['sent', 'delivered', 'failed', 'opted_out', 'dropped', 'unknown'];

const emulator = await Emulator.start([], path.join(path.dirname(fileURLToPath(import.meta.url)), 'server.mjs'));
const house = House.make(emulator, { key_id: null, key_secret: null, webhook_secret: null },
  `[twilio]\nbase_url=${emulator.url}\naccount_sid=${ACCOUNT}\nauth_token=${TOKEN}\nfrom=${SENDER}\nper_minute=100000\ntimeout_seconds=1\npause_seconds=1\n`);
house.public = `public_url=${PUBLIC}\n`;
await house.start();

// --- the desk ---

const slots = [];
let people = 0;

async function freeSlot() {
  const from = new Date(Date.now() + 2 * 86400000).toISOString().slice(0, 10);
  if (slots.length === 0)
    for (const schedule of (await house.call('GET', '/schedules?limit=200', undefined, { expect: 200 })).json.items)
      for (const slot of (await house.call('GET', `/appointments/slots?limit=200&days=5&from=${from}&schedule=${schedule.id}`, undefined, { expect: 200 })).json.items)
        slots.push(slot);
  const slot = slots.splice(people * 7 % slots.length, 1)[0];
  return { schedule_id: slot.schedule_id, start_at: slot.start_at };
}

async function somebody(more = {}) {
  people++;
  const body = { id: newId(), given_name: `Visitor${String.fromCharCode(65 + people % 26, 65 + Math.floor(people / 26) % 26)}`, family_name: 'Loopback', sex: 'female',
    birth_date: `19${String(40 + people % 50)}-0${1 + people % 9}-1${people % 10}`, phone: `98200${String(10000 + people * 37)}`, ...more };
  return (await house.call('POST', '/patients', body, { expect: 201 })).json;
}

async function book(patient) {
  for (let i = 0; i < 20; i++) {
    const body = { id: newId(), patient_id: patient.id, ...(await freeSlot()) };
    const answer = await house.call('POST', '/appointments', body);
    if (answer.status === 201)
      return answer.json;
    if (answer.status !== 409 && answer.status !== 422)
      throw new Error(`booking: ${answer.status} ${answer.raw}`);
  }
  throw new Error('no slot is free');
}

const step = (booking, name) => house.call('POST', `/appointments/${booking.id}/steps`, { step: name, reason: 'patient' }, { expect: 200 });

const rows = (dedupe) => query(house, `SELECT * FROM sms_message WHERE dedupe = '${dedupe}'`);

async function until(dedupe, wanted, ms = 30000) {
  let row = null;
  for (const end = Date.now() + ms; Date.now() < end;) {
    [row] = rows(dedupe);
    if (row !== undefined && (typeof wanted === 'string' ? row.status === wanted : wanted(row)))
      return row;
    await sleep(40);
  }
  throw new Error(`never so: ${wanted} of ${JSON.stringify(row)}`);
}

const booked = (booking) => `appointment_booked:${booking.id}`;
const messages = async () => (await emulator.ctl('messages')).messages;
const to = async (patient) => (await messages()).filter((one) => one.to === `+91${patient.phone.replace(/^\+91/, '')}`);

// A case begins with a friendly provider.
function told(name, run) {
  test(name, async () => {
    await emulator.ctl('storm', { share: 0 });
    await emulator.ctl('hooks', { mode: 'deliver' });
    await emulator.ctl('reset');
    await run();
    await emulator.ctl('idle');
  });
}

// --- the good days ---

told('the hospital\'s own words are sent, and the standard ones after they are restored', async () => {
  const own = (await house.call('PUT', '/sms_texts', { event: 'appointment_booked', language: 'en', text: 'See you {date}, {time}. {hospital}' }, { expect: 200, as: 'manager' })).json;
  const patient = await somebody({ language: 'en' });
  await until(booked(await book(patient)), 'delivered');
  assert.match((await to(patient))[0].body, /^See you .*, \d\d:\d\d\. /);
  await house.call('DELETE', `/sms_texts/${own.id}`, undefined, { expect: 200, as: 'manager' });
  const other = await somebody({ language: 'en' });
  await until(booked(await book(other)), 'delivered');
  assert.match((await to(other))[0].body, /your appointment is on/);
});

told('booked, moved, cancelled: three messages in the patient\'s language, with day and time alone', async () => {
  const patient = await somebody({ language: 'hi' });
  const booking = await book(patient);
  const first = await until(booked(booking), 'delivered');
  assert.equal(first.arguments, null, 'the words are kept after it is there');
  const moved = (await house.call('POST', `/appointments/${booking.id}/reschedule`, await freeSlot(), { expect: 200 })).json;
  await until(`appointment_changed:${moved.id}`, 'delivered');
  await step(moved, 'cancel');
  await until(`appointment_cancelled:${moved.id}`, 'delivered');
  const sent = (await to(patient)).reverse();
  assert.equal(sent.length, 3);
  assert.match(sent[0].body, /आपका समय \d\d? [\u0900-\u097f]+ \d{4} को \d\d:\d\d बजे है/);
  assert.ok(sent[0].body.endsWith(` ${PUBLIC}/a/${booking.id.replaceAll('-', '')}`), sent[0].body);
  assert.match(sent[1].body, /बदलकर/);
  assert.match(sent[2].body, /रद्द/);
  for (const one of sent) {
    assert.equal(one.from, SENDER);
    assert.match(one.callback, new RegExp(`^${PUBLIC}/api/v1/webhooks/twilio/[0-9a-f]{32}#rc=2&rp=all$`));
    assert.ok(!one.body.includes('Visitor') && !one.body.includes(booking.schedule_name), one.body);
  }
});

told('who refuses, and who has no telephone, is not written to', async () => {
  const before = query(house, 'SELECT count(*) AS n FROM sms_message')[0].n;
  await book(await somebody({ consent_sms: false }));
  await book(await somebody({ phone: null }));
  const last = await somebody();
  const booking = await book(last);
  await until(booked(booking), 'delivered');
  assert.equal(Number(query(house, 'SELECT count(*) AS n FROM sms_message')[0].n), Number(before) + 1);
  assert.equal((await messages()).length, 1);
});

// --- what the provider says no to ---

for (const [phone, code, status] of [['+15005550001', 21211, 'failed'], ['+15005550009', 21614, 'failed'], ['+15005550004', 21610, 'opted_out']])
  told(`${code}: refused for good, and not tried again`, async () => {
    await emulator.ctl('set', { record: true });
    const booking = await book(await somebody({ phone }));
    const row = await until(booked(booking), status);
    assert.deepEqual([Number(row.error_code), Number(row.attempts)], [code, 1]);
    assert.ok(!row.answer.includes('5005550'), 'the number stands in the answer');
    await sleep(2500);
    assert.equal((await emulator.ctl('recorded')).requests.length, 1);
    await emulator.ctl('set', { record: false });
    assert.equal((await messages()).length, 0);
  });

told('after STOP by the provider nothing more is tried', async () => {
  const booking = await book(await somebody({ phone: '+15005550004' }));
  const row = await until(booked(booking), 'opted_out');
  assert.equal(Number(row.attempts), 0);
});

// --- what goes wrong on the way ---

told('too many requests, a fault, a gateway\'s page, a line that drops: it goes in the end, once', async () => {
  await emulator.ctl('fault', { kinds: ['429', '500', '502', 'drop'] });
  const patient = await somebody();
  const row = await until(booked(await book(patient)), 'delivered', 60000);
  assert.ok(Number(row.attempts) >= 4, row.attempts);
  assert.equal((await to(patient)).length, 1);
});

for (const kind of ['drop_after', '500_after', 'garbage_after', 'timeout_after'])
  told(`${kind}: it was taken and the answer is lost; it is found again, not sent again`, async () => {
    await emulator.ctl('hooks', { mode: 'off' });
    await emulator.ctl('fault', { kinds: [kind], wait: 1500 });
    const patient = await somebody();
    const row = await until(booked(await book(patient)), 'sent');
    const sent = await to(patient);
    assert.equal(sent.length, 1);
    assert.equal(row.provider_id, sent[0].sid);
    assert.ok(Number(row.attempts) >= 2);
  });

told('the server ends in the middle and begins again: nothing is sent twice', async () => {
  await emulator.ctl('fault', { kinds: ['429'] });
  const patient = await somebody();
  const booking = await book(patient);
  await until(booked(booking), 'deferred');
  await house.end('SIGKILL');
  await house.start();
  await until(booked(booking), 'delivered');
  assert.equal((await to(patient)).length, 1);
});

// --- what is told back ---

told('a forged report changes nothing, a late one does not go back', async () => {
  await emulator.ctl('hooks', { mode: 'off' });
  const patient = await somebody();
  const booking = await book(patient);
  await until(booked(booking), 'sent');
  const [{ sid }] = await to(patient);
  assert.equal((await emulator.ctl('tell', { sid, status: 'failed', forged: 'signature', move: false })).status, 403);
  assert.equal((await emulator.ctl('tell', { sid, status: 'failed', forged: 'body', move: false })).status, 403);
  assert.equal(rows(booked(booking))[0].status, 'sent');
  assert.equal((await emulator.ctl('tell', { sid, status: 'delivered' })).status, 204);
  await until(booked(booking), 'delivered');
  for (const status of ['sent', 'delivered', 'queued', 'failed'])
    assert.equal((await emulator.ctl('tell', { sid, status, move: false })).status, 204);
  assert.equal(rows(booked(booking))[0].status, 'delivered');
});

told('a telephone out of reach is written to once more, later; a number that does not exist is not', async () => {
  await emulator.ctl('hooks', { mode: 'off' });
  for (const [code, status, resends] of [[30003, 'deferred', 1], [30005, 'failed', 0]]) {
    const patient = await somebody();
    const booking = await book(patient);
    await until(booked(booking), 'sent');
    const [{ sid }] = await to(patient);
    await emulator.ctl('tell', { sid, status: 'undelivered', code });
    const row = await until(booked(booking), status);
    assert.equal(Number(row.resends), resends);
  }
});

told('STOP from a telephone ends it, START begins it again; both only when signed', async () => {
  const patient = await somebody();
  const url = `${PUBLIC}/api/v1/webhooks/twilio`;
  const from = `+91${patient.phone.replace(/^\+91/, '')}`;
  assert.equal((await emulator.ctl('inbound', { url, from, body: 'STOP', forged: true })).status, 403);
  await until(booked(await book(patient)), 'delivered');
  assert.equal((await emulator.ctl('inbound', { url, from, body: ' stop ' })).status, 200);
  await until(booked(await book(patient)), 'opted_out');
  assert.equal((await emulator.ctl('inbound', { url, from, body: 'START' })).status, 200);
  await until(booked(await book(patient)), 'delivered');
  assert.equal((await to(patient)).length, 2);
});

// --- all of it at once ---

told(`${STORM} bookings in a storm: each is told once`, async () => {
  note(`MAHIMA_SMS_SEED=${SEED}`);
  await emulator.ctl('hooks', { mode: 'chaos', seed: SEED });
  await emulator.ctl('storm', { share: 0.3, seed: SEED, wait: 1200, kinds: ['429', '500', '502', 'drop', 'drop_after', '500_after', 'garbage_after', 'empty',
    'timeout_after', 'slow'] });
  const all = [];
  for (let i = 0; i < STORM; i++) {
    const patient = await somebody();
    all.push([patient, booked(await book(patient))]);
  }
  await sleep(3000);
  await emulator.ctl('storm', { share: 0 });
  for (const [, dedupe] of all)
    await until(dedupe, (row) => ENDS.includes(row.status), 90000);
  await emulator.ctl('idle');
  const sent = await messages();
  assert.equal(sent.length, STORM, 'not one message for each booking');
  for (const [patient, dedupe] of all) {
    const mine = sent.filter((one) => one.to === `+91${patient.phone.replace(/^\+91/, '')}`);
    const [row] = rows(dedupe);
    assert.equal(mine.length, 1);
    assert.ok(['sent', 'delivered'].includes(row.status), JSON.stringify(row));
    assert.equal(row.provider_id, mine[0].sid);
  }
});

test('the log names no number in full', () => {
  for (const row of query(house, 'SELECT masked FROM sms_message WHERE masked IS NOT NULL'))
    assert.match(row.masked, /^\+\d\d•+\d{4}$/);
});

await runAll(async () => {
  await house.remove();
  await emulator.stop();
});
