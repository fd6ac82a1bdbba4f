// SPDX-License-Identifier: GPL-3.0-or-later
// Is the emulator what it says it is? The vendor's own client calls every method that the hospital uses, meets the
// documented refusals, and checks with its own functions the signatures of the callbacks that the emulator sends.
import assert from 'node:assert/strict';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Emulator } from '../razorpay/house.mjs';
import { runAll, skip, test } from '../razorpay/tap.mjs';
import { ACCOUNT, client, SENDER, TOKEN, twilio } from './sdk.mjs';

if (twilio === null)
  skip('the twilio client is not installed (scripts/node-tools.sh)');

const PUBLIC = 'https://hospital.example/api/v1/webhooks/twilio/abc?x=1';
const heard = [];
let mood = 200;
const ear = http.createServer((request, reply) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    heard.push({ path: request.url, form: Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString('utf8'))),
      signature: request.headers['x-twilio-signature'] });
    reply.statusCode = mood;
    reply.end();
  });
});
await new Promise((resolve) => ear.listen(0, '127.0.0.1', resolve));
const emulator = await Emulator.start([], path.join(path.dirname(fileURLToPath(import.meta.url)), 'server.mjs'));
await emulator.ctl('hooks', { url: `http://127.0.0.1:${ear.address().port}/`, mode: 'off' });
const sdk = client(emulator.url);
const send = (more = {}) => sdk.messages.create({ to: '+919820000001', from: SENDER, body: 'Token 12. नमस्ते', ...more });

async function refused(call, code, status = 400) {
  await assert.rejects(call, (error) => {
    assert.deepEqual([error.status, error.code], [status, code]);
    assert.match(error.moreInfo, new RegExp(`${code}$`));
    return true;
  });
}

test('a message: created, fetched, listed, redacted, removed', async () => {
  const made = await send({ statusCallback: PUBLIC, validityPeriod: 600 });
  assert.match(made.sid, /^SM[0-9a-f]{32}$/);
  assert.deepEqual([made.status, made.numSegments, made.errorCode, made.direction, made.from], ['queued', '1', null, 'outbound-api', SENDER]);
  assert.ok(Math.abs(made.dateCreated.getTime() - Date.now()) < 5000);
  assert.equal((await sdk.messages(made.sid).fetch()).body, 'Token 12. नमस्ते');
  assert.deepEqual((await sdk.messages.list({ to: '+919820000001', limit: 5 })).map((one) => one.sid), [made.sid]);
  assert.deepEqual(await sdk.messages.list({ to: '+919820000009' }), []);
  assert.equal((await sdk.messages(made.sid).update({ body: '' })).body, '');
  assert.equal((await sdk.messages(made.sid).update({ status: 'canceled' })).status, 'canceled');
  assert.equal(await sdk.messages(made.sid).remove(), true);
  await refused(() => sdk.messages(made.sid).fetch(), 20404, 404);
});

test('lists come by pages, the newest first', async () => {
  await emulator.ctl('reset');
  const sids = [];
  for (let i = 0; i < 7; i++)
    sids.unshift((await send({ body: `Token ${i}` })).sid);
  assert.deepEqual((await sdk.messages.list({ pageSize: 3 })).map((one) => one.sid), sids);
});

test('segments: 160 signs of GSM, 70 of the rest', async () => {
  for (const [body, wanted] of [['a'.repeat(160), '1'], ['a'.repeat(161), '2'], ['न'.repeat(70), '1'], ['न'.repeat(71), '2'], ['न'.repeat(135), '3']])
    assert.equal((await send({ body })).numSegments, wanted);
});

test('refusals, by the magic numbers and by what is missing', async () => {
  for (const [to, code] of [['+15005550001', 21211], ['12', 21211], ['+15005550002', 21612], ['+15005550003', 21408], ['+15005550004', 21610],
    ['+15005550009', 21614]])
    await refused(() => send({ to }), code);
  for (const [from, code] of [['+15005550001', 21212], ['+15005550007', 21606], ['+15005550008', 21611]])
    await refused(() => send({ from }), code);
  await refused(() => send({ body: 'x'.repeat(1601) }), 21617);
  await refused(() => send({ body: '' }), 21602);
  await refused(() => client(emulator.url, ACCOUNT, 'wrong').messages.list({ limit: 1 }), 20003, 401);
  await refused(() => client(emulator.url, `AC${'9'.repeat(32)}`).messages.list({ limit: 1 }), 20003, 401);
  assert.equal((await send({ from: undefined, messagingServiceSid: `MG${'a'.repeat(32)}` })).status, 'accepted');
});

test('too many requests, a fault, a line that drops', async () => {
  await emulator.ctl('fault', { kinds: ['429', '500', '429'] });
  await refused(() => send(), 20429, 429);
  await refused(() => send(), 20500, 500);
  const patient = client(emulator.url, ACCOUNT, TOKEN, { autoRetry: true, maxRetries: 2 });
  assert.equal((await patient.messages.create({ to: '+919820000001', from: SENDER, body: 'x' })).status, 'queued');
  await emulator.ctl('reset');
  await emulator.ctl('fault', { kinds: ['drop_after'] });
  await assert.rejects(() => send({ body: 'lost' }));
  assert.equal((await sdk.messages.list({ limit: 5 })).length, 1);
});

test('callbacks are signed as the vendor checks it, over the public address', async () => {
  await emulator.ctl('hooks', { mode: 'deliver' });
  const made = await send({ statusCallback: PUBLIC });
  await emulator.ctl('idle');
  assert.deepEqual(heard.map((one) => one.form.MessageStatus), ['sent', 'delivered']);
  for (const one of heard) {
    assert.equal(one.path, '/api/v1/webhooks/twilio/abc?x=1');
    assert.deepEqual([one.form.MessageSid, one.form.AccountSid, one.form.To], [made.sid, ACCOUNT, '+919820000001']);
    assert.equal(one.signature, twilio.getExpectedTwilioSignature(TOKEN, PUBLIC, one.form));
    assert.ok(twilio.validateRequest(TOKEN, one.signature, PUBLIC, one.form));
    assert.ok(!twilio.validateRequest(TOKEN, one.signature, PUBLIC, { ...one.form, MessageStatus: 'failed' }));
    assert.ok(!twilio.validateRequest('other', one.signature, PUBLIC, one.form));
  }
  assert.equal((await sdk.messages(made.sid).fetch()).status, 'delivered');
  heard.length = 0;
  await emulator.ctl('tell', { sid: made.sid, status: 'delivered', forged: 'signature' });
  await emulator.ctl('tell', { sid: made.sid, status: 'failed', forged: 'body' });
  assert.deepEqual(heard.map((one) => twilio.validateRequest(TOKEN, one.signature, PUBLIC, one.form)), [false, false]);
});

test('a callback is tried again only where the address asks for it', async () => {
  await emulator.ctl('hooks', { mode: 'off' });
  const once = await send({ statusCallback: PUBLIC });
  const thrice = await send({ statusCallback: `${PUBLIC}#rc=2&rp=all` });
  heard.length = 0;
  mood = 503;
  assert.equal((await emulator.ctl('tell', { sid: once.sid, status: 'sent' })).status, 503);
  assert.equal(heard.length, 1);
  await emulator.ctl('tell', { sid: thrice.sid, status: 'sent' });
  assert.equal(heard.length, 4);
  assert.ok(heard.every((one) => twilio.validateRequest(TOKEN, one.signature, PUBLIC, one.form)), 'the fragment is not signed');
  mood = 200;
});

await runAll(async () => {
  ear.close();
  await emulator.stop();
});
