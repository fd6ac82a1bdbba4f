// SPDX-License-Identifier: GPL-3.0-or-later
// Does our client say what the provider's own client says? Both do the same operations, the emulator records what came
// over the wire, and it must be equal: method, path, parameters, body, content type, authentication.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Emulator } from '../razorpay/house.mjs';
import { runAll, skip, test } from '../razorpay/tap.mjs';
import { ACCOUNT, client, SENDER, TOKEN, twilio } from './sdk.mjs';

if (twilio === null)
  skip('the twilio client is not installed (scripts/node-tools.sh)');

const TO = '+919820000001';
const BODY = 'Sanjivani & Söhne: 10:30 + 5 %, आपका समय';
const CALLBACK = 'https://hospital.example/api/v1/webhooks/twilio/abc#rc=2&rp=all';
const NONE = `SM${'a'.repeat(32)}`;
const emulator = await Emulator.start([], path.join(path.dirname(fileURLToPath(import.meta.url)), 'server.mjs'));
await emulator.ctl('set', { record: true });
await emulator.ctl('hooks', { mode: 'off' });

const sdk = client(emulator.url);
const operations = [
  ['send', () => sdk.messages.create({ to: TO, statusCallback: CALLBACK, validityPeriod: 600, from: SENDER, body: BODY })],
  ['send.plain', () => sdk.messages.create({ to: TO, validityPeriod: 14400, from: SENDER, body: BODY })],
  ['find', () => sdk.messages.list({ to: TO, pageSize: 50, limit: 50 })],
  ['fetch', () => sdk.messages(NONE).fetch()],
];

// parameters decoded and in order of their names: their order says nothing
const sorted = (pairs) => [...pairs].map(([name, value]) => `${name}=${value}`).sort();

function shape(request) {
  return { method: request.method, path: request.path, query: sorted(request.query), authorization: request.authorization,
    type: request.body === '' ? null : (request.type ?? '').split(';')[0], body: sorted(new URLSearchParams(request.body)) };
}

async function recorded(run) {
  await run();
  return (await emulator.ctl('recorded')).requests;
}

async function called(sender) {
  let said = [];
  const requests = await recorded(async () => {
    const { stdout } = await promisify(execFile)(process.env.TW_CALLS, [emulator.url, ACCOUNT, TOKEN, sender, BODY, CALLBACK, NONE]);
    said = stdout.trim().split('\n').map((line) => JSON.parse(line));
  });
  return { said, requests };
}

const theirs = new Map();
for (const [name, run] of operations)
  theirs.set(name, shape((await recorded(() => run().catch(() => null)))[0]));
const ours = await called(SENDER);

test('one request for each operation, in turn', () => {
  assert.deepEqual(ours.said.map((one) => one.call), operations.map(([name]) => name));
  assert.equal(ours.requests.length, operations.length);
});

for (const [i, [name]] of operations.entries())
  test(name, () => assert.deepEqual(shape(ours.requests[i]), theirs.get(name)));

test('a bare "+" is never sent: it would arrive as a space', () => {
  assert.ok(ours.requests.every((request) => !request.body.includes('+') && request.path === new URL(request.path, emulator.url).pathname));
});

test('what was sent was taken, what is not there is not', () => {
  assert.deepEqual(ours.said.map((one) => [one.outcome, one.code, one.status]), [[0, 0, 'queued'], [0, 0, 'queued'], [0, 0, 'queued'], [5, 20404, '']]);
});

test('by a messaging service', async () => {
  const service = `MG${'a'.repeat(32)}`;
  const [wanted] = await recorded(() => sdk.messages.create({ to: TO, statusCallback: CALLBACK, validityPeriod: 600, messagingServiceSid: service, body: BODY }));
  assert.deepEqual(shape((await called(service)).requests[0]), shape(wanted));
});

await runAll(() => emulator.stop());
