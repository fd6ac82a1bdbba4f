// SPDX-License-Identifier: GPL-3.0-or-later
// Webhooks: what the provider tells by itself, signed over the bytes that are sent. Delivered at once, or held back and
// let go in any order; the same event keeps its number however often it is sent.
import crypto from 'node:crypto';
import http from 'node:http';

const MOST_KEPT = 20000;

export class Hooks {
  constructor(state) {
    this.state = state;
    this.url = null;
    this.secret = 'whsec-loopback-1';
    this.oldSecret = 'whsec-loopback-0';
    this.mode = 'send'; // 'send', 'hold', 'off', 'chaos'
    this.random = Math.random;
    this.held = [];
    this.sent = [];
    this.under_way = new Set();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  }

  event(name, entities) {
    const contains = Object.keys(entities);
    const payload = Object.fromEntries(contains.map((key) => [key, { entity: structuredClone(entities[key]) }]));
    let created = this.state.now();
    // oddities of the vendor's own samples
    if (name === 'payment_link.paid' && payload.order) {
      payload.order.entity.id = payload.order.entity.id.replace('order_', '');
      created = payload.payment_link.entity.created_at;
    }
    if (name === 'qr_code.credited')
      Object.assign(payload.qr_code.entity, { payments_amount_received: 0, payments_count_received: 0, status: 'active',
        closed_at: null, close_reason: null });
    if (name === 'qr_code.created')
      payload.qr_code.entity.close_by = String(payload.qr_code.entity.close_by);
    return { id: `evt_${crypto.randomBytes(9).toString('hex')}`, name, body: JSON.stringify({ entity: 'event',
      account_id: this.state.account, event: name, contains, payload, created_at: created }) };
  }

  emit(name, entities) {
    const event = this.event(name, entities);
    if (this.sent.length < MOST_KEPT)
      this.sent.push(event);
    if (this.mode === 'hold')
      this.held.push(event);
    else if (this.mode === 'send')
      this.send(event);
    else if (this.mode === 'chaos')
      this.misdeliver(event);
    return event;
  }

  // Lost, late, twice, forged before the true one, with the old secret: in whatever order that gives.
  misdeliver(event) {
    const dice = this.random();
    const later = (options) => {
      const wait = new Promise((resolve) => setTimeout(resolve, 30 + this.random() * 600));
      const given = wait.then(() => this.send(event, options)).finally(() => this.under_way.delete(given));
      this.under_way.add(given);
    };
    if (dice < 0.12)
      return;
    if (dice < 0.3)
      later();
    else if (dice < 0.4)
      this.send(event).then(() => later());
    else if (dice < 0.45)
      this.send(event, { forged: 'signature' }).then(() => later());
    else if (dice < 0.5)
      this.send(event, { forged: 'body' });
    else if (dice < 0.55)
      this.send(event, { old: true });
    else
      this.send(event);
  }

  sign(body, secret) {
    return crypto.createHmac('sha256', secret).update(body).digest('hex');
  }

  // forged: 'signature', 'body' (changed after signing), 'none', 'short'
  send(event, { forged = null, old = false } = {}) {
    const given = this.post(event, forged, old).finally(() => this.under_way.delete(given));
    this.under_way.add(given);
    return given;
  }

  post(event, forged, old) {
    if (this.url === null)
      return Promise.resolve(0);
    let signature = this.sign(event.body, forged === 'signature' ? 'guessed' : old ? this.oldSecret : this.secret);
    const body = forged === 'body' ? event.body.replace(/"amount":(\d+)/, '"amount":1$1') : event.body;
    if (forged === 'short')
      signature = signature.slice(0, 63);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body),
      'x-razorpay-event-id': event.id };
    if (forged !== 'none')
      headers['x-razorpay-signature'] = signature;
    return new Promise((resolve) => {
      const request = http.request(this.url, { method: 'POST', headers, agent: this.agent, timeout: 5000 }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode));
        answer.on('error', () => resolve(0));
      });
      request.on('timeout', () => request.destroy());
      // a kept connection that the other side closed at this moment: nothing was taken, and the vendor would send it again
      request.on('error', (error) => resolve(request.reusedSocket && error.code === 'ECONNRESET'
        ? this.post(event, forged, old) : 0));
      request.end(body);
    });
  }

  async release(order = 'as_is') {
    const events = this.held.splice(0);
    if (order === 'reversed')
      events.reverse();
    const statuses = [];
    for (const event of events)
      statuses.push(await this.send(event));
    return statuses;
  }

  async idle() {
    while (this.under_way.size > 0)
      await Promise.allSettled([...this.under_way]);
  }
}

// What the provider would tell of a payment that came to be so.
export function tell(hooks, payment) {
  const { order, code, link } = payment.through;
  if (payment.status === 'authorized')
    hooks.emit('payment.authorized', { payment });
  else if (payment.status === 'failed')
    hooks.emit('payment.failed', { payment });
  else if (payment.status === 'captured') {
    hooks.emit('payment.captured', { payment });
    if (code) {
      hooks.emit('qr_code.credited', { payment, qr_code: code });
      hooks.emit('qr_code.closed', { qr_code: code });
    }
    if (order)
      hooks.emit('order.paid', { payment, order });
    if (link)
      hooks.emit('payment_link.paid', { payment_link: link, order, payment });
  }
}
