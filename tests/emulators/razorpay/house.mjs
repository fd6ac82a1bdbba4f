// SPDX-License-Identifier: GPL-3.0-or-later
// The hospital's own programs beside the emulator: a demonstration hospital in a folder of its own, its server with its
// gateway pointed at the emulator, and the calls that a desk makes.
import { spawn, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// UUIDs of version 7, as clients make them
export function newId() {
  const bytes = crypto.randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function ask(url, method, headers = {}, body = undefined) {
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve) => {
    const request = http.request(url, { method, agent, headers: { ...headers,
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }) } },
    (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const raw = Buffer.concat(parts);
        let json = null;
        try {
          json = JSON.parse(raw.toString('utf8'));
        } catch {
          json = null;
        }
        resolve({ status: answer.statusCode, headers: answer.headers, json, raw });
      });
      answer.on('error', () => resolve({ status: 0, headers: {}, json: null, raw: Buffer.alloc(0) }));
    });
    request.on('error', () => resolve({ status: 0, headers: {}, json: null, raw: Buffer.alloc(0) }));
    request.end(text);
  });
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    readline.createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)));
  });
}

export class Emulator {
  static async start(options = [], program = path.join(HERE, 'server.mjs')) {
    const emulator = new Emulator();
    emulator.child = spawn(process.execPath, [program, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
    emulator.port = JSON.parse(await firstLine(emulator.child)).port;
    emulator.url = `http://127.0.0.1:${emulator.port}`;
    return emulator;
  }

  async ctl(name, wanted = {}) {
    const answer = await ask(`${this.url}/_ctl/${name}`, 'POST', {}, wanted);
    if (answer.status !== 200)
      throw new Error(`/_ctl/${name}: ${answer.status} ${answer.raw}`);
    return answer.json;
  }

  stop() {
    this.child.stdin.end();
    return new Promise((resolve) => this.child.once('exit', resolve));
  }
}

export class House {
  // extra: lines of [razorpay]; without a key the gateway is not set up. more: other sections, as they stand in the file
  static make(emulator, extra = {}, more = '') {
    const house = new House();
    house.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mahima-gateway-'));
    house.config = path.join(house.folder, 'server.conf');
    house.url = null;
    house.port = 0;
    house.emulator = emulator;
    house.razorpay = { base_url: emulator.url, key_id: 'rzp_test_loopback', key_secret: 'sekret',
      webhook_secret: 'whsec-loopback-1', timeout_seconds: 2, poll_seconds: 1, pause_seconds: 2, ...extra };
    house.more = more;
    house.public = '';
    house.database = house.makeDatabase();
    house.writeConfig();
    house.ctl('demo', '--patients', '40', '--orders', '10', '--seed', '7');
    return house;
  }

  // MAHIMA_GATEWAY_PG set: a database of its own in the cluster of MAHIMA_TEST_PG, gone with the cluster
  makeDatabase() {
    if (!process.env.MAHIMA_GATEWAY_PG || !process.env.MAHIMA_TEST_PG)
      return `sqlite:${this.folder}/mahima.db`;
    const name = `gateway_${process.pid}`;
    const made = spawnSync('psql', [process.env.MAHIMA_TEST_PG, '-qc', `CREATE DATABASE ${name}`], { encoding: 'utf8' });
    if (made.status !== 0)
      throw new Error(made.stderr);
    return process.env.MAHIMA_TEST_PG.replace(/\/[^/?]*\?/, `/${name}?`);
  }

  writeConfig() {
    const lines = Object.entries(this.razorpay).filter(([, value]) => value !== null).map(([key, value]) => `${key}=${value}`);
    fs.writeFileSync(this.config, `[server]\nlisten=127.0.0.1:${this.port}\ndata_dir=${this.folder}\n${this.public}`
      + `[database]\nurl=${this.database}\n[limits]\nrate_normal=0\nrate_login=0\nrate_heavy=0\n`
      + `[log]\nfile=${this.folder}/${this.name ?? 'server'}.log\n[razorpay]\n${lines.join('\n')}\n`
      + `[analysers]\n${Object.entries(this.analysers ?? {}).map(([key, value]) => `${key}=${value}\n`).join('')}${this.more}`);
  }

  // A second server over the same database.
  twin() {
    const twin = Object.assign(new House(), this, { name: 'twin', config: path.join(this.folder, 'twin.conf'), child: null, port: 0, tokens: undefined });
    return twin;
  }

  // From here on calls go to that server, which is ended with this house.
  lend(twin) {
    Object.assign(this, { url: twin.url, port: twin.port, child: twin.child, tokens: {} });
    twin.child = null;
  }

  ctl(...words) {
    const done = spawnSync(process.env.MH_CTL, ['--config', this.config, ...words], { encoding: 'utf8' });
    if (done.status !== 0)
      throw new Error(`mahimactl ${words[0]}: ${done.stdout}${done.stderr}`);
    return done.stdout;
  }

  async start() {
    this.writeConfig();
    this.child = spawn(process.env.MH_SERVER, ['--config', this.config], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await firstLine(this.child);
    this.url = line.slice(line.indexOf('http'));
    this.port = Number(this.url.slice(this.url.lastIndexOf(':') + 1));
    await this.emulator.ctl('hooks', { url: `${this.url}/api/v1/webhooks/razorpay` });
    this.tokens ??= {};
  }

  async end(signal = 'SIGTERM') {
    if (!this.child)
      return null;
    const child = this.child;
    this.child = null;
    child.kill(signal);
    return new Promise((resolve) => child.exitCode !== null || child.signalCode !== null ? resolve(child.exitCode)
      : child.once('exit', resolve));
  }

  async remove() {
    await this.end();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  async call(method, at, body = undefined, { as = 'reception', headers = {}, expect = null } = {}) {
    if (this.tokens[as] === undefined) {
      const signed = await ask(`${this.url}/api/v1/session`, 'POST', {}, { username: as, password: 'mahima-demo' });
      if (signed.json === null)
        return signed;
      this.tokens[as] = signed.json.token;
    }
    const answer = await ask(`${this.url}/api/v1${at}`, method, { authorization: `Bearer ${this.tokens[as]}`, ...headers }, body);
    if (expect !== null && answer.status !== expect)
      throw new Error(`${method} ${at}: ${answer.status} instead of ${expect}: ${answer.raw}`);
    return answer;
  }

  async patients() {
    this.known ??= (await this.call('GET', '/patients?limit=40', undefined, { expect: 200 })).json.items.filter((one) => one.phone && !one.deceased);
    return this.known;
  }

  async order(tests = ['CBC'], method = 'online') {
    const patients = await this.patients();
    const patient = patients[crypto.randomInt(patients.length)];
    const body = { id: newId(), patient_id: patient.id, items: tests.map((test) => ({ test })), payment_method: method, priority: 'routine' };
    return (await this.call('POST', '/orders', body, { expect: 201 })).json;
  }

  async attempt(order, wanted = { kind: 'qr' }) {
    return (await this.call('POST', `/orders/${order.id}/attempts`, { id: newId(), ...wanted }, { expect: 201 })).json;
  }

  async attempts(order) {
    return (await this.call('GET', `/orders/${order.id}/attempts`, undefined, { expect: 200 })).json.items;
  }

  async read(order) {
    return (await this.call('GET', `/orders/${order.id}`, undefined, { expect: 200 })).json;
  }

  // Until the attempt is as wanted; fails loudly after @ms.
  async until(order, wanted, ms = 20000, which = -1) {
    const end = Date.now() + ms;
    let attempt = null;
    while (Date.now() < end) {
      attempt = (await this.attempts(order)).at(which);
      if (wanted(attempt))
        return attempt;
      await sleep(25);
    }
    throw new Error(`never so: ${wanted} of ${JSON.stringify(attempt)}`);
  }

  status(order, status, ms) {
    return this.until(order, (attempt) => attempt?.status === status, ms);
  }
}
