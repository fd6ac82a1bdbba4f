// SPDX-License-Identifier: GPL-3.0-or-later
// What the provider keeps: orders, payments, refunds, links and QR codes, in memory, and the rules by which they change.
import crypto from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const MOST = 100000;

export class Refusal extends Error {
  constructor(status, description, more = {}) {
    super(description);
    this.status = status;
    this.body = { error: { code: 'BAD_REQUEST_ERROR', description, source: 'business', step: 'payment_initiation',
      reason: 'input_validation_failed', metadata: {}, ...more } };
  }
}

export const refuse = (description, more) => { throw new Refusal(400, description, more); };
const unknown = () => refuse('The id provided does not exist');

export class State {
  constructor(options = {}) {
    this.skew = 0; // seconds the provider's clock is ahead of ours
    this.content = true; // is image_content shown (a feature of the account)
    this.autoCapture = true;
    this.asynchronousRefunds = false;
    this.account = options.account ?? 'acc_LoopbackTest01';
    this.reset();
  }

  reset() {
    for (const kind of ['orders', 'payments', 'refunds', 'links', 'codes'])
      this[kind] = new Map();
    this.refundKeys = new Map();
  }

  now() {
    return Math.floor(Date.now() / 1000) + this.skew;
  }

  id(prefix) {
    let out = prefix;
    for (const byte of crypto.randomBytes(14))
      out += ALPHABET[byte % ALPHABET.length];
    return out;
  }

  get(kind, id) {
    return this[kind].get(id) ?? unknown();
  }

  put(kind, thing) {
    if (this[kind].size >= MOST)
      throw new Refusal(500, 'The emulator is full');
    this[kind].set(thing.id, thing);
    return thing;
  }

  // --- checks of what is sent ---

  amount(value, field = 'amount') {
    if (!Number.isInteger(value))
      refuse('The amount must be an integer.', { field });
    if (value < 100)
      refuse('The amount must be at least INR 1.00', { field });
    return value;
  }

  currency(value) {
    if (value !== 'INR')
      refuse('The currency is not supported', { field: 'currency' });
    return value;
  }

  notes(value) {
    if (value === undefined)
      return [];
    if (typeof value !== 'object' || Object.keys(value).length > 15
      || Object.values(value).some((text) => String(text).length > 256))
      refuse('The notes are invalid', { field: 'notes' });
    return Object.keys(value).length > 0 ? value : [];
  }

  known(body, names) {
    const odd = Object.keys(body).filter((name) => !names.includes(name));
    if (odd.length > 0)
      refuse(`${odd.join(', ')} is/are not required and should not be sent`);
  }

  text(value, most, field) {
    if (value !== undefined && value !== null && (typeof value !== 'string' || value.length > most))
      refuse(`The ${field} may not be greater than ${most} characters.`, { field });
    return value ?? null;
  }

  // --- orders ---

  createOrder(body) {
    this.known(body, ['amount', 'currency', 'receipt', 'notes', 'partial_payment', 'first_payment_min_amount', 'payment']);
    const amount = this.amount(body.amount);
    return this.put('orders', { id: this.id('order_'), entity: 'order', amount, amount_paid: 0, amount_due: amount,
      currency: this.currency(body.currency), receipt: this.text(body.receipt, 40, 'receipt'), offer_id: null,
      status: 'created', attempts: 0, notes: this.notes(body.notes), created_at: this.now() });
  }

  // --- links ---

  createLink(body) {
    this.known(body, ['amount', 'currency', 'accept_partial', 'first_min_partial_amount', 'reference_id', 'description',
      'customer', 'expire_by', 'notify', 'reminder_enable', 'notes', 'callback_url', 'callback_method', 'upi_link']);
    const now = this.now();
    const reference = this.text(body.reference_id, 40, 'reference_id') ?? '';
    if (reference !== '' && [...this.links.values()].some((link) => link.reference_id === reference))
      refuse(`payment link creation failed with reference_id: ${reference}, as reference_id already exists`, { field: 'reference_id' });
    if (body.expire_by !== undefined && body.expire_by < now + 15 * 60)
      refuse('expire_by should be at least 15 minutes in future from now', { field: 'expire_by' });
    if (body.expire_by !== undefined && body.expire_by > now + 184 * 86400)
      refuse('expire_by should be at most 6 months in future from now', { field: 'expire_by' });
    const id = this.id('plink_');
    return this.put('links', { accept_partial: body.accept_partial ?? false, amount: this.amount(body.amount),
      amount_paid: 0, callback_method: body.callback_method ?? '', callback_url: body.callback_url ?? '', cancelled_at: 0,
      created_at: now, currency: this.currency(body.currency ?? 'INR'), customer: body.customer ?? {},
      description: this.text(body.description, 2048, 'description') ?? '', expire_by: body.expire_by ?? 0, expired_at: 0,
      first_min_partial_amount: 0, id, notes: this.notes(body.notes), notify: body.notify ?? { sms: false, email: false },
      payments: null, reference_id: reference, reminder_enable: body.reminder_enable ?? false, reminders: [],
      short_url: `https://rzp.io/i/${id.slice(-7)}`, status: 'created', updated_at: now, upi_link: body.upi_link ?? false,
      user_id: '' });
  }

  freshLink(link) {
    if (link.status === 'created' && link.expire_by > 0 && link.expire_by <= this.now())
      Object.assign(link, { status: 'expired', expired_at: link.expire_by });
    return link;
  }

  editLink(link, body) {
    this.known(body, ['reference_id', 'expire_by', 'notes', 'reminder_enable', 'accept_partial']);
    if (['paid', 'cancelled', 'expired'].includes(link.status))
      refuse(`Payment link in ${link.status} state cannot be edited`);
    return Object.assign(link, body, { updated_at: this.now() });
  }

  cancelLink(link) {
    if (this.freshLink(link).status !== 'created')
      refuse(`Payment Link cannot be cancelled as it is in ${link.status} state`);
    return Object.assign(link, { status: 'cancelled', cancelled_at: this.now(), updated_at: this.now() });
  }

  // --- QR codes ---

  createCode(body, origin) {
    this.known(body, ['type', 'name', 'usage', 'fixed_amount', 'payment_amount', 'description', 'customer_id', 'close_by',
      'notes', 'tax_invoice']);
    const now = this.now();
    if (body.type !== 'upi_qr')
      refuse('The selected type is invalid.', { field: 'type' });
    if (!['single_use', 'multiple_use'].includes(body.usage))
      refuse('The selected usage is invalid.', { field: 'usage' });
    if (body.usage === 'single_use' && body.fixed_amount !== true)
      refuse('Fixed amount must be true for single use QR code', { field: 'fixed_amount' });
    if (body.fixed_amount === true)
      this.amount(body.payment_amount, 'payment_amount');
    if (body.close_by !== undefined && body.usage !== 'single_use')
      refuse('close_by is only for single use QR codes', { field: 'close_by' });
    if (body.close_by !== undefined && body.close_by < now + 120)
      refuse('close_by should be at least 2 minutes after current time', { field: 'close_by' });
    const id = this.id('qr_');
    const latest = now + 2 * 3600;
    const code = { id, entity: 'qr_code', created_at: now, name: body.name ?? '', usage: body.usage, type: 'upi_qr',
      image_url: `${origin}/_image/${id}.png`, payment_amount: body.payment_amount ?? null, status: 'active',
      description: body.description ?? '', fixed_amount: body.fixed_amount ?? false, payments_amount_received: 0,
      payments_count_received: 0, notes: this.notes(body.notes), customer_id: body.customer_id ?? null,
      close_by: body.usage === 'single_use' ? Math.min(body.close_by ?? latest, latest) : null, closed_at: null,
      close_reason: null };
    if (this.content)
      code.image_content = `upi://pay?pa=mahima.${id.slice(-6).toLowerCase()}@loopback&pn=Hospital&am=${
        ((body.payment_amount ?? 0) / 100).toFixed(2)}&cu=INR&tr=${id}`;
    return this.put('codes', code);
  }

  freshCode(code) {
    if (code.status === 'active' && code.close_by !== null && code.close_by <= this.now())
      Object.assign(code, { status: 'closed', closed_at: code.close_by, close_reason: null });
    return code;
  }

  closeCode(code) {
    if (this.freshCode(code).status !== 'active')
      refuse('The QR code is already closed');
    return Object.assign(code, { status: 'closed', closed_at: this.now(), close_reason: 'on_demand' });
  }

  // --- payments: made by whoever controls the emulator ---

  createPayment({ order = null, amount, currency = 'INR', method = 'upi', notes = [], status = 'created', code = null, link = null }) {
    const payment = { id: this.id('pay_'), entity: 'payment', amount, currency, status, order_id: order?.id ?? null,
      invoice_id: null, international: false, method, amount_refunded: 0, refund_status: null, captured: false,
      description: null, card_id: null, bank: null, wallet: null, vpa: method === 'upi' ? 'someone@loopback' : null,
      email: null, contact: '+919000000001', notes, fee: null, tax: null, error_code: null, error_description: null,
      error_source: null, error_step: null, error_reason: null, acquirer_data: {}, created_at: this.now() };
    Object.defineProperty(payment, 'through', { value: { order, code, link }, enumerable: false });
    return this.put('payments', payment);
  }

  authorize(payment) {
    if (!['created', 'failed'].includes(payment.status))
      return payment;
    Object.assign(payment, { status: 'authorized', error_code: null, error_description: null, error_source: null,
      error_step: null, error_reason: null, acquirer_data: { rrn: String(crypto.randomInt(1e11, 1e12)) } });
    if (payment.through.order)
      payment.through.order.status = 'attempted';
    return payment;
  }

  fail(payment) {
    if (payment.status !== 'created')
      return payment;
    Object.assign(payment, { status: 'failed', error_code: 'BAD_REQUEST_ERROR', error_description:
      'Payment was unsuccessful as the customer did not approve it in time.', error_source: 'customer',
      error_step: 'payment_authentication', error_reason: 'payment_timed_out' });
    if (payment.through.order)
      Object.assign(payment.through.order, { status: 'attempted', attempts: payment.through.order.attempts + 1 });
    return payment;
  }

  capture(payment, amount = payment.amount, currency = payment.currency) {
    if (payment.status === 'captured' || payment.status === 'refunded')
      refuse('This payment has already been captured');
    if (payment.status !== 'authorized')
      refuse('Only payments which have been authorized and not yet captured can be captured');
    this.amount(amount);
    if (amount !== payment.amount)
      refuse('Capture amount must be equal to the amount authorized.');
    if (currency !== payment.currency)
      refuse('The currency does not match.', { field: 'currency' });
    const fee = Math.round(payment.amount * 0.02);
    const tax = Math.round(fee * 0.18);
    Object.assign(payment, { status: 'captured', captured: true, fee: fee + tax, tax });
    const { order, code, link } = payment.through;
    if (order)
      Object.assign(order, { amount_paid: order.amount_paid + payment.amount, status: 'paid', attempts: order.attempts + 1,
        amount_due: Math.max(0, order.amount_due - payment.amount) });
    if (code) {
      code.payments_amount_received += payment.amount;
      code.payments_count_received++;
      if (code.usage === 'single_use')
        Object.assign(code, { status: 'closed', closed_at: this.now(), close_reason: 'paid' });
    }
    if (link)
      this.payLink(link, payment);
    return payment;
  }

  payLink(link, payment) {
    link.payments = [...(link.payments ?? []), { amount: payment.amount, created_at: payment.created_at,
      method: payment.method, payment_id: payment.id, plink_id: link.id, status: payment.status, updated_at: this.now() }];
    link.amount_paid += payment.amount;
    link.order_id = payment.order_id;
    link.status = link.amount_paid >= link.amount ? 'paid' : 'partially_paid';
    link.updated_at = this.now();
  }

  // --- refunds ---

  createRefund(payment, body, key) {
    this.known(body, ['amount', 'speed', 'receipt', 'notes']);
    const said = JSON.stringify([payment.id, body.amount, body.speed, body.receipt]);
    if (key !== undefined) {
      if (!/^[A-Za-z0-9_-]{10,}$/.test(key))
        refuse('The idempotency key is invalid');
      const before = this.refundKeys.get(key);
      if (before !== undefined && before.said !== said)
        throw new Refusal(409, 'Different request with the same idempotency key has already been processed');
      if (before !== undefined)
        return before.refund;
    }
    if (payment.status === 'refunded')
      refuse('The payment has been fully refunded already.');
    if (payment.status !== 'captured')
      refuse('The payment status should be captured for action to be taken');
    const left = payment.amount - payment.amount_refunded;
    const amount = this.amount(body.amount ?? left);
    if (amount > left)
      refuse('The refund amount provided is greater than amount captured.', { field: 'amount' });
    const refund = this.put('refunds', { id: this.id('rfnd_'), entity: 'refund', amount, currency: payment.currency,
      payment_id: payment.id, notes: this.notes(body.notes), receipt: this.text(body.receipt, 40, 'receipt'),
      acquirer_data: { arn: null }, created_at: this.now(), batch_id: null, status: 'pending',
      speed_processed: 'normal', speed_requested: body.speed ?? 'normal' });
    payment.amount_refunded += amount;
    payment.refund_status = payment.amount_refunded === payment.amount ? 'full' : 'partial';
    if (payment.refund_status === 'full')
      payment.status = 'refunded';
    if (key !== undefined)
      this.refundKeys.set(key, { said, refund });
    if (!this.asynchronousRefunds)
      this.settleRefund(refund, true);
    return refund;
  }

  settleRefund(refund, processed) {
    if (refund.status !== 'pending')
      return refund;
    const payment = this.get('payments', refund.payment_id);
    refund.status = processed ? 'processed' : 'failed';
    if (processed)
      refund.acquirer_data = { arn: String(crypto.randomInt(1e11, 1e12)) };
    else
      Object.assign(payment, { amount_refunded: payment.amount_refunded - refund.amount, status: 'captured',
        refund_status: payment.amount_refunded - refund.amount > 0 ? 'partial' : null });
    return refund;
  }
}
