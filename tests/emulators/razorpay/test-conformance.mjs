// SPDX-License-Identifier: GPL-3.0-or-later
// Is the emulator what it says it is? The vendor's own client calls every method that the hospital uses, meets the
// documented refusals, and checks with its own functions the signatures of the webhooks that the emulator sends.
import assert from 'node:assert/strict';
import http from 'node:http';
import { ask, Emulator, sleep } from './house.mjs';
import { client, installed, utils } from './sdk.mjs';
import { runAll, skip, test } from './tap.mjs';

if (!installed)
  skip('the razorpay client is not installed (scripts/node-tools.sh)');

const heard = [];
const ear = http.createServer((request, reply) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    heard.push({ body: Buffer.concat(parts).toString('utf8'), signature: request.headers['x-razorpay-signature'],
      id: request.headers['x-razorpay-event-id'] });
    reply.end('{}');
  });
});
await new Promise((resolve) => ear.listen(0, '127.0.0.1', resolve));
const emulator = await Emulator.start(['--webhook', `http://127.0.0.1:${ear.address().port}/hook`]);
const rzp = client(emulator.url);
const now = () => Math.floor(Date.now() / 1000);
const soon = (minutes) => now() + minutes * 60;
const qr = (more = {}) => rzp.qrCode.create({ type: 'upi_qr', usage: 'single_use', fixed_amount: true,
  payment_amount: 118000, close_by: soon(20), notes: { bill: 'B-1' }, ...more });

async function refused(call, description, status = 400) {
  try {
    await call();
  } catch (error) {
    assert.equal(error.statusCode, status);
    assert.equal(error.error.code, 'BAD_REQUEST_ERROR');
    assert.match(error.error.description, description);
    return error.error;
  }
  throw new assert.AssertionError({ message: `was not refused: ${description}` });
}

async function events(name, n = 1) {
  for (let i = 0; i < 200; i++) {
    const found = heard.filter((one) => JSON.parse(one.body).event === name);
    if (found.length >= n)
      return found;
    await sleep(10);
  }
  throw new Error(`never heard ${name}`);
}

test('orders: create, fetch, all by receipt, edit', async () => {
  const order = await rzp.orders.create({ amount: 118000, receipt: 'BILL-2026-000123', notes: { bill: '123' } });
  assert.match(order.id, /^order_[A-Za-z0-9]{14}$/);
  assert.deepEqual([order.status, order.amount_due, order.currency, order.attempts], ['created', 118000, 'INR', 0]);
  assert.deepEqual(await rzp.orders.fetch(order.id), order);
  const found = await rzp.orders.all({ receipt: 'BILL-2026-000123' });
  assert.equal(found.entity, 'collection');
  assert.deepEqual(found.items.map((one) => one.id), [order.id]);
  assert.equal((await rzp.orders.all({ receipt: 'none' })).count, 0);
  assert.deepEqual((await rzp.orders.edit(order.id, { notes: { bill: '124' } })).notes, { bill: '124' });
  assert.deepEqual((await rzp.orders.create({ amount: 100 })).notes, []);
});

test('orders: refusals', async () => {
  await refused(() => rzp.orders.create({ amount: 99 }), /at least INR 1\.00/);
  await refused(() => rzp.orders.create({ amount: 100.5 }), /must be an integer/);
  await refused(() => rzp.orders.create({ amount: 100, receipt: 'x'.repeat(41) }), /receipt/);
  await refused(() => rzp.orders.create({ amount: 100, patient: 'x' }), /should not be sent/);
  await refused(() => rzp.orders.fetch('order_none'), /does not exist/);
  await refused(() => client(emulator.url, 'rzp_test_loopback', 'wrong').orders.fetch('order_A'), /Authentication failed/, 401);
});

test('payments of an order: failed, then authorised and captured; stays paid when refunded', async () => {
  const order = await rzp.orders.create({ amount: 50000 });
  const first = await emulator.ctl('pay', { id: order.id, start_only: true });
  await emulator.ctl('payment', { id: first.id, to: 'failed' });
  assert.equal((await rzp.orders.fetch(order.id)).status, 'attempted');
  const failed = await rzp.payments.fetch(first.id);
  assert.deepEqual([failed.status, failed.error_code], ['failed', 'BAD_REQUEST_ERROR']);
  const second = await emulator.ctl('pay', { id: order.id, authorize_only: true });
  await refused(() => rzp.payments.capture(second.id, 49999, 'INR'), /equal to the amount authorized/);
  const captured = await rzp.payments.capture(second.id, 50000, 'INR');
  assert.deepEqual([captured.status, captured.captured, captured.fee > captured.tax], ['captured', true, true]);
  await refused(() => rzp.payments.capture(second.id, 50000, 'INR'), /already been captured/);
  assert.equal((await rzp.orders.fetchPayments(order.id)).count, 2);
  assert.ok((await rzp.payments.all({ count: 50 })).items.some((one) => one.id === second.id));
  await rzp.payments.refund(second.id, { amount: 20000, speed: 'normal', receipt: 'RF-1', notes: { why: 'x' } });
  assert.equal((await rzp.payments.fetch(second.id)).refund_status, 'partial');
  await rzp.payments.refund(second.id, {});
  const refunded = await rzp.payments.fetch(second.id);
  assert.deepEqual([refunded.status, refunded.amount_refunded, refunded.refund_status], ['refunded', 50000, 'full']);
  assert.equal((await rzp.orders.fetch(order.id)).status, 'paid');
  await refused(() => rzp.payments.refund(second.id, { amount: 100 }), /fully refunded already/);
});

test('a failed payment may be authorised late', async () => {
  const order = await rzp.orders.create({ amount: 30000 });
  const payment = await emulator.ctl('pay', { id: order.id, start_only: true });
  await emulator.ctl('payment', { id: payment.id, to: 'failed' });
  await emulator.ctl('payment', { id: payment.id, to: 'captured' });
  assert.equal((await rzp.payments.fetch(payment.id)).status, 'captured');
  assert.equal((await rzp.orders.fetch(order.id)).status, 'paid');
});

test('refunds: fetch both ways, list, edit, refusals', async () => {
  const order = await rzp.orders.create({ amount: 10000 });
  const payment = await emulator.ctl('pay', { id: order.id });
  await refused(() => rzp.payments.refund(payment.id, { amount: 10001 }), /greater than amount captured/);
  await refused(() => rzp.payments.refund(payment.id, { amount: 50 }), /at least INR 1\.00/);
  const refund = await rzp.payments.refund(payment.id, { amount: 4000, receipt: 'RF-2' });
  assert.match(refund.id, /^rfnd_/);
  assert.deepEqual(await rzp.refunds.fetch(refund.id), await rzp.payments.fetchRefund(payment.id, refund.id));
  assert.equal((await rzp.payments.fetchMultipleRefund(payment.id)).items[0].id, refund.id);
  assert.ok((await rzp.refunds.all({ count: 5 })).items.some((one) => one.id === refund.id));
  assert.deepEqual((await rzp.refunds.edit(refund.id, { notes: { a: 'b' } })).notes, { a: 'b' });
  const fresh = await rzp.orders.create({ amount: 10000 });
  const held = await emulator.ctl('pay', { id: fresh.id, authorize_only: true });
  await refused(() => rzp.payments.refund(held.id, { amount: 100 }), /should be captured/);
});

test('refunds: pending, then processed or failed', async () => {
  await emulator.ctl('set', { asynchronous_refunds: true });
  const payment = await emulator.ctl('pay', { id: (await rzp.orders.create({ amount: 10000 })).id });
  const first = await rzp.payments.refund(payment.id, { amount: 4000 });
  const second = await rzp.payments.refund(payment.id, { amount: 6000 });
  assert.deepEqual([first.status, second.status], ['pending', 'pending']);
  await emulator.ctl('refund', { id: first.id });
  await emulator.ctl('refund', { id: second.id, processed: false });
  assert.deepEqual([(await rzp.refunds.fetch(first.id)).status, (await rzp.refunds.fetch(second.id)).status], ['processed', 'failed']);
  assert.equal((await rzp.payments.fetch(payment.id)).amount_refunded, 4000);
  await events('refund.failed');
  await emulator.ctl('set', { asynchronous_refunds: false });
});

// the vendor's client drops this header, so the bytes are sent by hand
test('refunds: the idempotency header', async () => {
  const payment = await emulator.ctl('pay', { id: (await rzp.orders.create({ amount: 10000 })).id });
  const send = (key, amount) => ask(`${emulator.url}/v1/payments/${payment.id}/refund`, 'POST', { 'X-Refund-Idempotency': key,
    authorization: `Basic ${Buffer.from('rzp_test_loopback:sekret').toString('base64')}` }, { amount, speed: 'normal' });
  const first = await send('refund-key-0001', 3000);
  const again = await send('refund-key-0001', 3000);
  assert.deepEqual([first.status, again.status, again.json.id], [200, 200, first.json.id]);
  const other = await send('refund-key-0001', 3001);
  assert.deepEqual([other.status, /already been processed/.test(other.json.error.description)], [409, true]);
  assert.equal((await send('short', 100)).status, 400);
  assert.equal((await rzp.payments.fetch(payment.id)).amount_refunded, 3000);
});

test('links: create, fetch, all by reference, edit, notify, cancel, refusals', async () => {
  const wanted = { amount: 118000, currency: 'INR', reference_id: 'BILL-9', description: 'x', customer: { contact: '+919000000001' },
    notify: { sms: true, email: false }, expire_by: soon(60), notes: { bill: '9' } };
  const link = await rzp.paymentLink.create(wanted);
  assert.equal(link.entity, undefined);
  assert.deepEqual([link.status, link.payments, link.expired_at, link.cancelled_at], ['created', null, 0, 0]);
  await refused(() => rzp.paymentLink.create(wanted), /already exists/);
  await refused(() => rzp.paymentLink.create({ ...wanted, reference_id: 'BILL-10', expire_by: soon(5) }), /15 minutes/);
  assert.equal((await rzp.paymentLink.all({ reference_id: 'BILL-9' })).payment_links[0].id, link.id);
  assert.equal((await rzp.paymentLink.edit(link.id, { reference_id: 'BILL-9B' })).reference_id, 'BILL-9B');
  assert.deepEqual(await rzp.paymentLink.notifyBy(link.id, 'sms'), { success: true });
  assert.equal((await rzp.paymentLink.cancel(link.id)).status, 'cancelled');
  await refused(() => rzp.paymentLink.cancel(link.id), /cancelled state/);
  const paid = await rzp.paymentLink.create({ ...wanted, reference_id: 'BILL-11' });
  await emulator.ctl('pay', { id: paid.id });
  const after = await rzp.paymentLink.fetch(paid.id);
  assert.deepEqual([after.status, after.amount_paid, after.payments.length], ['paid', 118000, 1]);
});

test('QR codes: create, fetch, all, payments, close, refusals', async () => {
  const code = await qr({ close_by: soon(600) });
  assert.ok(code.close_by <= now() + 7200, 'the provider shortens close_by to two hours');
  assert.deepEqual([code.entity, code.status, code.close_reason, code.payments_count_received], ['qr_code', 'active', null, 0]);
  assert.equal((await rzp.qrCode.all({ count: 1 })).items[0].id, code.id);
  assert.ok((await qr({ close_by: undefined })).close_by > now());
  await refused(() => qr({ fixed_amount: false }), /Fixed amount/);
  await refused(() => qr({ close_by: soon(1) }), /2 minutes/);
  await refused(() => qr({ payment_amount: 10 }), /at least INR 1\.00/);
  const payment = await emulator.ctl('pay', { id: code.id });
  const paid = await rzp.qrCode.fetch(code.id);
  assert.deepEqual([paid.status, paid.close_reason, paid.payments_amount_received], ['closed', 'paid', 118000]);
  assert.deepEqual((await rzp.qrCode.fetchAllPayments(code.id, { count: 2 })).items.map((one) => one.id), [payment.id]);
  const other = await qr();
  assert.equal((await rzp.qrCode.close(other.id)).close_reason, 'on_demand');
  await refused(() => rzp.qrCode.close(other.id), /already closed/);
  const image = await ask(other.image_url, 'GET');
  assert.deepEqual([image.status, image.raw.subarray(1, 4).toString()], [200, 'PNG']);
});

test('webhooks: signed so that the vendor agrees, and tampering shows', async () => {
  const code = await qr();
  await emulator.ctl('pay', { id: code.id });
  const [one] = await events('qr_code.credited');
  assert.ok(utils.validateWebhookSignature(one.body, one.signature, 'whsec-loopback-1'));
  assert.ok(!utils.validateWebhookSignature(one.body.replace('118000', '118001'), one.signature, 'whsec-loopback-1'));
  assert.ok(!utils.validateWebhookSignature(one.body, one.signature, 'whsec-loopback-0'));
  const said = JSON.parse(one.body);
  assert.deepEqual([said.entity, said.account_id, said.contains.sort()], ['event', 'acc_LoopbackTest01', ['payment', 'qr_code']]);
  assert.equal(said.payload.qr_code.entity.payments_amount_received, 0, 'an oddity of the vendor');
  assert.equal(typeof JSON.parse((await events('qr_code.created'))[0].body).payload.qr_code.entity.close_by, 'string');
});

test('webhooks: again with the same number, held back, reversed, forged, with the old secret', async () => {
  await emulator.ctl('idle');
  heard.length = 0;
  await emulator.ctl('hooks', { mode: 'hold' });
  const link = await rzp.paymentLink.create({ amount: 5000, currency: 'INR', reference_id: `L-${now()}` });
  await emulator.ctl('pay', { id: link.id });
  assert.equal(heard.length, 0);
  await emulator.ctl('hooks', { mode: 'send' });
  await emulator.ctl('release', { order: 'reversed' });
  assert.deepEqual(heard.map((one) => JSON.parse(one.body).event),
    ['payment_link.paid', 'order.paid', 'payment.captured', 'payment.authorized']);
  const paid = JSON.parse(heard[0].body).payload;
  assert.equal(`order_${paid.order.entity.id}`, paid.payment.entity.order_id, 'an oddity of the vendor');
  heard.length = 0;
  await emulator.ctl('again', { name: 'order.paid' });
  await emulator.ctl('again', { name: 'order.paid', forged: 'signature' });
  await emulator.ctl('again', { name: 'order.paid', forged: 'body' });
  await emulator.ctl('again', { name: 'order.paid', old: true });
  assert.equal(new Set(heard.map((one) => one.id)).size, 1);
  assert.deepEqual(heard.map((one) => utils.validateWebhookSignature(one.body, one.signature, 'whsec-loopback-1')),
    [true, false, false, false]);
  assert.ok(utils.validateWebhookSignature(heard[3].body, heard[3].signature, 'whsec-loopback-0'));
});

test('faults: status, garbage, lost answers', async () => {
  await emulator.ctl('fault', { kinds: ['500', '429', '502'] });
  for (const status of [500, 429, 502])
    assert.equal((await ask(`${emulator.url}/v1/orders`, 'GET')).status, status);
  await emulator.ctl('fault', { kinds: ['garbage', 'empty', 'drop'] });
  assert.equal((await ask(`${emulator.url}/v1/orders`, 'GET')).json, null);
  assert.equal((await ask(`${emulator.url}/v1/orders`, 'GET')).raw.length, 0);
  assert.equal((await ask(`${emulator.url}/v1/orders`, 'GET')).status, 0);
  const before = (await emulator.ctl('state')).orders.length;
  await emulator.ctl('fault', { kinds: ['drop_after'] });
  await assert.rejects(rzp.orders.create({ amount: 100, receipt: 'lost' }));
  assert.equal((await emulator.ctl('state')).orders.length, before + 1, 'done, though nobody was told');
  await emulator.ctl('fault', { kinds: ['slow'], wait: 50 });
  assert.equal((await rzp.orders.all({ receipt: 'lost' })).count, 1);
});

test('unknown paths and methods', async () => {
  const basic = { authorization: `Basic ${Buffer.from('rzp_test_loopback:sekret').toString('base64')}` };
  assert.match((await ask(`${emulator.url}/v1/nothing`, 'GET', basic)).json.error.description, /not found on the server/);
  assert.equal((await ask(`${emulator.url}/v1/orders`, 'DELETE', basic)).status, 400);
  const lower = await ask(`${emulator.url}/v1/orders`, 'GET', { authorization: basic.authorization.replace('Basic', 'basic') });
  assert.equal(lower.status, 401, 'the scheme is written Basic');
});

// the C side is held against the same ones (tests/server/money/test-razorpay.c)
test('the vectors of the signatures', async () => {
  const body = '{"entity":"event","account_id":"acc_LoopbackTest01","event":"payment.captured","contains":["payment"],'
    + '"payload":{"payment":{"entity":{"id":"pay_LoopbackTest01","entity":"payment","amount":118000,"currency":"INR",'
    + '"status":"captured","order_id":"order_LoopbackTst01"}}},"created_at":1767225660}';
  assert.ok(utils.validateWebhookSignature(body, '76f8f8c7c950600e48d3c9753926ec781fb08dee0b530e8cb4516f6cebc075f9', 'whsec-loopback-1'));
  assert.ok(utils.validatePaymentVerification({ order_id: 'order_LoopbackTst01', payment_id: 'pay_LoopbackTest01' },
    'c93767205b58a2eaa4c607913567188a7ffd1fde2a00f397a146d1766db5b02a', 'sekret'));
  assert.ok(utils.validatePaymentVerification({ payment_link_id: 'plink_LoopbackTst01', payment_link_reference_id: 'BILL-2026-000123',
    payment_link_status: 'paid', payment_id: 'pay_LoopbackTest01' },
  'c609871f4ff30ee3e9857b6c6b3d51a0c9182195a2613863b1022ff0c69cc6da', 'sekret'));
});

await runAll(async () => {
  ear.close();
  ear.closeAllConnections();
  await emulator.stop();
});
