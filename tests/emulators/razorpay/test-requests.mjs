// SPDX-License-Identifier: GPL-3.0-or-later
// Does our client say what the provider's own client says? Both do the same operations, the emulator records what came
// over the wire, and it must be equal: method, path, decoded parameters, body, content type, authentication.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import process from 'node:process';
import { Emulator } from './house.mjs';
import { client, installed } from './sdk.mjs';
import { runAll, skip, test } from './tap.mjs';

if (!installed)
  skip('the razorpay client is not installed (scripts/node-tools.sh)');

const REFERENCE = '01a1fcf1-8801-7ea4-9fa7-019f4c1bc926';
const until = Math.floor(Date.now() / 1000) + 3600;
const ids = ['order_', 'plink_', 'qr_', 'pay_', 'rfnd_'].map((prefix) => `${prefix}LoopbackTest01`);
const [order, link, code, payment, refund] = ids;
const emulator = await Emulator.start();
await emulator.ctl('set', { record: true });

const notes = { attempt: REFERENCE, order: 'MH-000011' };
const rzp = client(emulator.url);
const operations = [
  ['order.create', () => rzp.orders.create({ amount: 118000, currency: 'INR', receipt: REFERENCE, notes })],
  ['order.fetch', () => rzp.orders.fetch(order)],
  ['order.receipt', () => rzp.orders.all({ receipt: REFERENCE })],
  ['order.payments', () => rzp.orders.fetchPayments(order)],
  ['qr.create', () => rzp.qrCode.create({ type: 'upi_qr', name: 'Sanjivani & Söhne "Hospital"', usage: 'single_use', fixed_amount: true,
    payment_amount: 118000, description: 'MH-000011', close_by: until, notes })],
  ['qr.fetch', () => rzp.qrCode.fetch(code)],
  ['qr.list', () => rzp.qrCode.all({ from: 1767225600, count: 100, skip: 200 })],
  ['qr.payments', () => rzp.qrCode.fetchAllPayments(code, { count: 100, skip: 0 })],
  ['qr.close', () => rzp.qrCode.close(code)],
  ['link.create', () => rzp.paymentLink.create({ amount: 118000, currency: 'INR', accept_partial: false, reference_id: REFERENCE,
    description: 'MH-000011', expire_by: until, customer: { contact: '+919000000001', email: 'someone@example.org' },
    notify: { sms: true, email: true }, notes })],
  ['link.fetch', () => rzp.paymentLink.fetch(link)],
  ['link.reference', () => rzp.paymentLink.all({ reference_id: REFERENCE })],
  ['link.cancel', () => rzp.paymentLink.cancel(link)],
  ['payment.fetch', () => rzp.payments.fetch(payment)],
  ['payment.capture', () => rzp.payments.capture(payment, 118000, 'INR')],
  ['payment.refund', () => rzp.payments.refund(payment, { amount: 5000, speed: 'normal', receipt: `${REFERENCE.slice(0, -1)}7` })],
  ['refund.fetch', () => rzp.payments.fetchRefund(payment, refund)],
  ['refund.list', () => rzp.payments.fetchMultipleRefund(payment, { count: 100, skip: 0 })],
];

// the path, with its parameters decoded; the body as JSON; white space and the order of members say nothing
function shape(request) {
  return { method: request.method, path: request.path, query: request.query, authorization: request.authorization,
    type: (request.type ?? '').split(';')[0], body: request.body === '' ? null : JSON.parse(request.body) };
}

async function recorded(run) {
  await run();
  return (await emulator.ctl('recorded')).requests;
}

const theirs = new Map();
for (const [name, run] of operations)
  theirs.set(name, shape((await recorded(() => run().catch(() => null)))[0]));

let said = [];
const ours = await recorded(async () => {
  const { stdout } = await promisify(execFile)(process.env.RZ_CALLS, [emulator.url, String(until), ...ids]);
  said = stdout.trim().split('\n').map((line) => JSON.parse(line));
});

test('one request for each operation, in turn', () => {
  assert.deepEqual(said.map((one) => one.call), operations.map(([name]) => name));
  assert.equal(ours.length, operations.length);
});

for (const [i, [name]] of operations.entries())
  test(name, () => assert.deepEqual(shape(ours[i]), theirs.get(name)));

test('a refund, and only a refund, has its key', () => {
  const keys = ours.filter((request) => request.idempotency !== null);
  assert.deepEqual(keys.map((request) => [request.path, request.idempotency]),
    [[`/v1/payments/${payment}/refund`, `${REFERENCE.slice(0, -1)}7`]]);
});

test('what was made was made, what is not there was refused', () => {
  const by = Object.fromEntries(said.map((one) => [one.call, one.status]));
  assert.deepEqual([by['order.create'], by['qr.create'], by['qr.list']], [200, 200, 200]);
  // the link of that reference was made by the other client before
  assert.deepEqual([by['link.create'], by['qr.fetch'], by['payment.capture']], [400, 400, 400]);
});

await runAll(() => emulator.stop());
