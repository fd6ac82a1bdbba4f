#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// A Twilio on this machine alone: messages with state, signed status callbacks, and below /_ctl what a test does to it.
// Prints {"port":N} and ends by itself with its parent, or when its standard input closes. Needs nothing but Node 18.
//
//   server.mjs [--account AC…] [--token TOKEN] [--port N]
//
//   /_ctl/fault, /_ctl/storm   what goes wrong with the next answers: see line.mjs
//   /_ctl/hooks    {"url"?,"mode"?:"deliver"|"chaos"|"off","seed"?}   where callbacks go, whatever public address they are signed for
//   /_ctl/tell     {"sid","status","code"?,"forged"?:"signature"|"body","move"?:false}   one callback; answers the status it got
//   /_ctl/inbound  {"url","from","body","forged"?}   somebody answered
//   /_ctl/set      {"skew"?,"record"?}   /_ctl/messages   /_ctl/recorded   /_ctl/idle   /_ctl/reset
import { answer, controlFaults, live, misbehave, nextFault, option, readBody } from '../line.mjs';
import { Messages, Refusal, Reports } from './messages.mjs';

const MOST_RECORDED = 20000;
const FORM = 'application/x-www-form-urlencoded';
const ACCOUNT = option('account', `AC${'0'.repeat(31)}1`);
const TOKEN = option('token', 'loopback-auth-token');
const WORDS = { fault: { code: 20500, message: 'An internal server error has occurred', more_info: 'https://www.twilio.com/docs/errors/20500', status: 500 },
  slower: { code: 20429, message: 'Too Many Requests', more_info: 'https://www.twilio.com/docs/errors/20429', status: 429 } };

const emulator = { messages: new Messages(ACCOUNT), reports: new Reports(TOKEN), faults: [], storm: null, recorded: [], record: false };

function perform(request, url, raw) {
  if (request.headers.authorization !== `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`)
    throw new Refusal(401, 20003, 'Authenticate');
  const found = url.pathname.match(/^\/2010-04-01\/Accounts\/([^/]+)\/Messages(?:\/([^/]+))?\.json$/);
  if (found === null || found[1] !== ACCOUNT)
    throw new Refusal(404, 20404, `The requested resource ${url.pathname} was not found`);
  if (raw.length > 0 && !(request.headers['content-type'] ?? '').startsWith(FORM))
    throw new Refusal(415, 20415, 'Unsupported media type');
  const form = new URLSearchParams(raw.toString('utf8'));
  const { messages, reports } = emulator;
  const sid = found[2];
  switch (`${request.method} ${sid ? 'one' : 'all'}`) {
    case 'POST all': {
      const message = messages.create(form);
      const taken = structuredClone(message);
      reports.of(messages, message);
      return { status: 201, body: taken };
    }
    case 'GET all': return { status: 200, body: messages.list(url.searchParams) };
    case 'GET one': return { status: 200, body: messages.get(sid) };
    case 'POST one': return { status: 200, body: messages.update(messages.get(sid), form) };
    case 'DELETE one': messages.remove(messages.get(sid)); return { status: 204, body: '' };
    default: throw new Refusal(405, 20004, 'Method not allowed');
  }
}

async function inbound({ url, from, body, forged = false }) {
  const { reports } = emulator;
  const form = new URLSearchParams({ MessageSid: `SM${'b'.repeat(32)}`, AccountSid: ACCOUNT, From: from, To: '+15005550006', Body: body,
    NumMedia: '0', NumSegments: '1', ApiVersion: '2010-04-01' });
  const at = reports.origin ? new URL(new URL(url).pathname, reports.origin) : new URL(url);
  return { status: await reports.post(at, form, forged ? 'AAAA' : reports.sign(url, form), null) };
}

async function tell({ sid, status, code, forged, move = true }) {
  const message = emulator.messages.get(sid);
  if (move)
    emulator.messages.move(message, status, code);
  return { status: await emulator.reports.tell(message, status, { code, forged }) };
}

async function control(name, wanted) {
  if (controlFaults(emulator, name, wanted))
    return {};
  switch (name) {
    case 'hooks': emulator.reports.set(wanted); return {};
    case 'tell': return tell(wanted);
    case 'inbound': return inbound(wanted);
    case 'set':
      emulator.messages.skew = wanted.skew ?? emulator.messages.skew;
      emulator.record = wanted.record ?? emulator.record;
      return {};
    case 'messages': return { messages: emulator.messages.all.map((one) => ({ ...one, callback: one.callback })), statuses: emulator.reports.statuses };
    case 'recorded': return { requests: emulator.recorded.splice(0) };
    case 'idle': await emulator.reports.idle(); return {};
    case 'reset': emulator.messages.reset(); emulator.reports.statuses = []; emulator.recorded = []; return {};
    default: throw new Refusal(404, 20404, `No control ${name}`);
  }
}

live(async (request, reply) => {
  const url = new URL(request.url, 'http://127.0.0.1');
  const raw = await readBody(request, () => new Refusal(413, 20413, 'Too large'));
  if (url.pathname.startsWith('/_ctl/'))
    return answer(reply, 200, await control(url.pathname.slice('/_ctl/'.length), raw.length > 0 ? JSON.parse(raw.toString('utf8')) : {}));
  if (emulator.record && emulator.recorded.length < MOST_RECORDED)
    emulator.recorded.push({ method: request.method, path: url.pathname, query: [...url.searchParams], authorization: request.headers.authorization ?? null,
      type: request.headers['content-type'] ?? null, body: raw.toString('utf8') });
  const done = async () => {
    try {
      return perform(request, url, raw);
    } catch (error) {
      if (!(error instanceof Refusal))
        throw error;
      return { status: error.status, body: error.body };
    }
  };
  return misbehave(nextFault(emulator), { request, reply, done, words: WORDS });
}, (error) => error.body ?? { code: 20500, message: String(error.message), more_info: '', status: 500 });
