// SPDX-License-Identifier: GPL-3.0-or-later
// What the provider keeps: messages, in memory, the rules by which they are taken and change, and what it tells of them.
import crypto from 'node:crypto';
import http from 'node:http';
import { chance, pause } from '../line.mjs';

const MOST = 100000;
const RANKS = { accepted: 1, scheduled: 1, queued: 2, sending: 3, sent: 4, delivered: 5, undelivered: 5, failed: 5, canceled: 5, read: 6 };
// the provider's own magic numbers: what becomes of a message to them, or from them
const TO = { '+15005550001': [21211, "Invalid 'To' Phone Number"], '+15005550002': [21612, 'The \'To\' number is not reachable'],
  '+15005550003': [21408, 'Permission to send an SMS has not been enabled for the region'], '+15005550004': [21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [21614, "'To' number is not a valid mobile number"] };
const FROM = { '+15005550001': [21212, "Invalid 'From' Number"], '+15005550007': [21606, "The 'From' phone number is not a valid message-capable number"],
  '+15005550008': [21611, 'This \'From\' number has exceeded the maximum number of queued messages'] };
const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/u;

export class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  }
}

function refuse(code, message, status = 400) {
  throw new Refusal(status, code, message);
}

export function segments(text) {
  const length = text.length;
  if (GSM.test(text))
    return length <= 160 ? 1 : Math.ceil(length / 153);
  return length <= 70 ? 1 : Math.ceil(length / 67);
}

const hex = (prefix) => prefix + crypto.randomBytes(16).toString('hex');
const date = (seconds) => new Date(seconds * 1000).toUTCString().replace('GMT', '+0000');

export class Messages {
  constructor(account) {
    this.account = account;
    this.skew = 0; // seconds the provider's clock is ahead of ours
    this.reset();
  }

  reset() {
    this.all = [];
  }

  now() {
    return Math.floor(Date.now() / 1000) + this.skew;
  }

  create(form) {
    const to = form.get('To') ?? '';
    const from = form.get('From');
    const service = form.get('MessagingServiceSid');
    const body = form.get('Body') ?? '';
    if (to === '')
      refuse(21604, "A 'To' phone number is required.");
    if (!from && !service)
      refuse(21603, "A 'From' phone number is required.");
    if (body === '' && !form.get('MediaUrl') && !form.get('ContentSid'))
      refuse(21602, 'Message body is required.');
    if (body.length > 1600)
      refuse(21617, 'The concatenated message body exceeds the 1600 character limit.');
    if (FROM[from])
      refuse(...FROM[from]);
    if (TO[to] || !/^\+[1-9][0-9]{7,14}$/.test(to))
      refuse(...(TO[to] ?? TO['+15005550001']));
    if (service && !/^MG[0-9a-f]{32}$/.test(service))
      refuse(21701, 'The Messaging Service does not exist', 404);
    if (form.get('ValidityPeriod') !== null && !(Number(form.get('ValidityPeriod')) >= 1 && Number(form.get('ValidityPeriod')) <= 36000))
      refuse(21626, 'The validity period is out of range.');
    if (this.all.length >= MOST)
      refuse(20500, 'The emulator is full', 500);
    const sid = hex('SM');
    const message = { sid, account_sid: this.account, messaging_service_sid: service, from: service ? null : from, to, body,
      status: service ? 'accepted' : 'queued', direction: 'outbound-api', num_segments: String(segments(body)), num_media: '0', price: null,
      price_unit: 'USD', error_code: null, error_message: null, date_created: date(this.now()), date_sent: null,
      date_updated: date(this.now()), api_version: '2010-04-01', uri: this.uri(`/Messages/${sid}.json`),
      subresource_uris: { media: this.uri(`/Messages/${sid}/Media.json`) } };
    Object.defineProperty(message, 'callback', { value: form.get('StatusCallback'), enumerable: false });
    this.all.unshift(message);
    return message;
  }

  uri(path) {
    return `/2010-04-01/Accounts/${this.account}${path}`;
  }

  get(sid) {
    return this.all.find((one) => one.sid === sid)
      ?? refuse(20404, `The requested resource ${this.uri(`/Messages/${sid}.json`)} was not found`, 404);
  }

  list(query) {
    const size = Math.min(Math.max(Number(query.get('PageSize') ?? 50), 1), 1000);
    const page = Number(query.get('Page') ?? 0);
    const found = this.all.filter((one) => (!query.get('To') || one.to === query.get('To'))
      && (!query.get('From') || one.from === query.get('From'))
      && (!query.get('DateSent') || (one.date_sent !== null && new Date(one.date_sent).toISOString().startsWith(query.get('DateSent')))));
    const part = found.slice(page * size, (page + 1) * size);
    const link = (number) => {
      const text = new URLSearchParams(query);
      text.set('PageSize', String(size));
      text.set('Page', String(number));
      return this.uri(`/Messages.json?${text}`);
    };
    return { messages: part, page, page_size: size, start: page * size, end: Math.max(page * size + part.length - 1, 0),
      first_page_uri: link(0), next_page_uri: found.length > (page + 1) * size ? link(page + 1) : null,
      previous_page_uri: page > 0 ? link(page - 1) : null, uri: link(page) };
  }

  update(message, form) {
    if (form.get('Status') === 'canceled' && !['accepted', 'scheduled', 'queued'].includes(message.status))
      refuse(30409, 'Message cannot be canceled');
    if (form.get('Status') === 'canceled')
      message.status = 'canceled';
    if (form.get('Body') === '')
      message.body = '';
    message.date_updated = date(this.now());
    return message;
  }

  remove(message) {
    this.all.splice(this.all.indexOf(message), 1);
  }

  // The message goes on; never back.
  move(message, status, code = null) {
    if (RANKS[status] <= RANKS[message.status])
      return;
    Object.assign(message, { status, error_code: code, date_updated: date(this.now()),
      date_sent: message.date_sent ?? (RANKS[status] >= RANKS.sent ? date(this.now()) : null) });
  }
}

// Status callbacks, signed over the address exactly as it was given, delivered to the machine that stands behind it.
export class Reports {
  constructor(token) {
    this.token = token;
    this.origin = null; // of the machine that stands behind the public address
    this.mode = 'deliver'; // 'deliver', 'chaos', 'off'
    this.random = Math.random;
    this.statuses = []; // of what was told
    this.under_way = new Set();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  }

  sign(url, form) {
    const names = [...new Set(form.keys())].sort();
    const text = url + names.map((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value).join('')).join('');
    return crypto.createHmac('sha1', this.token).update(text).digest('base64');
  }

  form(message, status, code) {
    const form = new URLSearchParams({ MessageSid: message.sid, SmsSid: message.sid, MessageStatus: status, SmsStatus: status,
      AccountSid: message.account_sid, From: message.from ?? '', To: message.to, ApiVersion: '2010-04-01', ChannelToAddress: message.to });
    if (code)
      form.set('ErrorCode', String(code));
    return form;
  }

  post(url, form, signature, again) {
    const text = form.toString();
    return new Promise((resolve) => {
      const request = http.request(url, { method: 'POST', agent: this.agent, timeout: 15000, headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'content-length': Buffer.byteLength(text), 'x-twilio-signature': signature,
        ...(again ? { 'i-twilio-idempotency-token': again } : {}) } }, (reply) => {
        reply.resume();
        reply.on('end', () => resolve(reply.statusCode));
      });
      request.on('error', () => resolve(0));
      request.on('timeout', () => request.destroy());
      request.end(text);
    });
  }

  // #rc=2&rp=all: how often it is tried again. forged: 'signature' or 'body'
  async tell(message, status, { code = null, forged = null } = {}) {
    if (!message.callback)
      return 0;
    const at = new URL(message.callback);
    const tries = 1 + Number(new URLSearchParams(at.hash.slice(1)).get('rc') ?? 0);
    at.hash = '';
    const form = this.form(message, status, code);
    const signature = this.sign(at.href, form);
    if (forged === 'body')
      form.set('MessageStatus', 'delivered');
    const to = this.origin ? new URL(at.pathname + at.search, this.origin) : at;
    let answered = 0;
    for (let i = 0; i < tries; i++) {
      answered = await this.post(to, form, forged === 'signature' ? this.sign(at.href, new URLSearchParams()) : signature, crypto.randomUUID());
      this.statuses.push(answered);
      if (answered >= 200 && answered < 500)
        break;
      await pause(50);
    }
    return answered;
  }

  later(run) {
    const given = run().finally(() => this.under_way.delete(given));
    this.under_way.add(given);
  }

  // What is told of a message after it was taken: in chaos late, twice, out of order, or not at all.
  of(messages, message) {
    const steps = ['sent', 'delivered'];
    if (this.mode === 'off')
      return;
    const chaotic = this.mode === 'chaos';
    if (chaotic && this.random() < 0.5)
      steps.reverse();
    if (chaotic && this.random() < 0.3)
      steps.push('sent', 'delivered');
    this.later(async () => {
      for (const status of steps) {
        if (chaotic)
          await pause(this.random() * 100);
        messages.move(message, status);
        if (!chaotic || this.random() > 0.1)
          await this.tell(message, status);
      }
    });
  }

  set({ url, mode, seed }) {
    this.origin = url !== undefined ? new URL(url).origin : this.origin;
    this.mode = mode ?? this.mode;
    if (seed !== undefined)
      this.random = chance(seed);
  }

  async idle() {
    while (this.under_way.size > 0)
      await Promise.all([...this.under_way]);
  }
}
