// SPDX-License-Identifier: GPL-3.0-or-later
// What an analyser does at its end of a line: MLLP and ASTM by hand, so that every byte can be wrong on purpose.
import { randomInt } from 'node:crypto';
import net from 'node:net';

export const START = '\x0b';
export const END = '\x1c\r';

export function frame(text) {
  return Buffer.concat([Buffer.from(START, 'latin1'), Buffer.isBuffer(text) ? text : Buffer.from(text, 'utf8'), Buffer.from(END, 'latin1')]);
}

// A port that nobody has, below those that the system gives to connections: one of these may be taken again, by any
// request to the server even, before the server comes to listen there.
export async function freePort() {
  for (;;) {
    const port = 20000 + randomInt(12000);
    const probe = net.createServer();
    const free = await new Promise((resolve) => probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)));
    if (free) {
      await new Promise((resolve) => probe.close(resolve));
      return port;
    }
  }
}

export function field(text, segment, number) {
  const line = text.split('\r').find((one) => one.startsWith(segment));
  return line === undefined ? undefined : line.split('|')[segment === 'MSH' ? number - 1 : number];
}

// A socket that gives whole MLLP messages.
export class Line {
  static async open(port) {
    const socket = net.connect(port, '127.0.0.1');
    const line = Line.over(socket);
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return line;
  }

  static over(socket) {
    const line = new Line();
    line.waiting = [];
    line.came = [];
    line.rest = Buffer.alloc(0);
    line.socket = socket;
    line.socket.setNoDelay(true);
    line.socket.on('data', (data) => line.take(data));
    line.socket.on('close', () => {
      line.closed = true;
      line.waiting.splice(0).forEach((one) => one.reject(new Error('the line was closed')));
    });
    line.socket.on('error', () => {});
    return line;
  }

  take(data) {
    this.rest = Buffer.concat([this.rest, data]);
    for (;;) {
      const from = this.rest.indexOf(0x0b);
      const to = this.rest.indexOf(Buffer.from([0x1c, 0x0d]));
      if (from < 0 || to < 0)
        return;
      const message = this.rest.subarray(from + 1, to).toString('utf8');
      this.rest = this.rest.subarray(to + 2);
      const one = this.waiting.shift();
      if (one)
        one.resolve(message);
      else
        this.came.push(message);
    }
  }

  next(ms = 15000) {
    if (this.came.length > 0)
      return Promise.resolve(this.came.shift());
    return new Promise((resolve, reject) => {
      const one = { resolve, reject };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(one), 1);
        reject(new Error('no answer'));
      }, ms);
      one.resolve = (value) => (clearTimeout(timer), resolve(value));
      one.reject = (error) => (clearTimeout(timer), reject(error));
      this.waiting.push(one);
    });
  }

  write(bytes) {
    return new Promise((resolve) => this.socket.write(bytes, resolve));
  }

  async ask(text) {
    await this.write(frame(text));
    return this.next();
  }

  close() {
    this.socket.destroy();
  }
}

// --- ASTM ---

export const ENQ = 5, ACK = 6, NAK = 0x15, EOT = 4;

export function astmFrame(number, text, last = true) {
  const body = Buffer.from(`${number % 8}${text}${last ? '\x03' : '\x17'}`, 'latin1');
  const sum = body.reduce((total, byte) => (total + byte) % 256, 0);
  return Buffer.concat([Buffer.from([2]), body, Buffer.from(`${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`, 'latin1')]);
}

// An instrument over any stream: sends records frame by frame, takes what the host sends.
export class Instrument {
  constructor(stream) {
    this.stream = stream;
    this.bytes = [];
    this.waiting = [];
    stream.on('data', (data) => {
      for (const byte of data) {
        const one = this.waiting.shift();
        if (one)
          one(byte);
        else
          this.bytes.push(byte);
      }
    });
  }

  byte(ms = 20000) {
    if (this.bytes.length > 0)
      return Promise.resolve(this.bytes.shift());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no byte came')), ms);
      this.waiting.push((byte) => (clearTimeout(timer), resolve(byte)));
    });
  }

  write(bytes) {
    return new Promise((resolve) => this.stream.write(Buffer.isBuffer(bytes) ? bytes : Buffer.from([bytes]), resolve));
  }

  // Faults: { bad: n } spoils the checksum of the n-th frame once, { repeat: n } sends it twice
  async send(records, faults = {}) {
    await this.write(ENQ);
    if (await this.byte() !== ACK)
      throw new Error('the host did not answer the call');
    for (const [i, record] of records.entries()) {
      const good = astmFrame(i + 1, `${record}\r`);
      if (faults.bad === i) {
        const spoilt = Buffer.from(good);
        spoilt[2] ^= 1;
        await this.write(spoilt);
        if (await this.byte() !== NAK)
          throw new Error('a spoilt frame was not refused');
      }
      if (faults.stop === i)
        return;
      for (let times = faults.repeat === i ? 2 : 1; times > 0; times--) {
        await this.write(good);
        const answer = await this.byte();
        if (answer !== ACK)
          throw new Error(`frame ${i + 1} was answered with ${answer}`);
      }
    }
    await this.write(EOT);
  }

  // The records of the host's next transfer.
  async receive() {
    while (await this.byte() !== ENQ)
      continue;
    await this.write(ACK);
    let text = '';
    for (;;) {
      const first = await this.byte();
      if (first === EOT)
        return text.split('\r').filter((one) => one !== '');
      if (first !== 2)
        throw new Error(`a frame began with ${first}`);
      const body = [];
      let byte = await this.byte();
      for (; byte !== 3 && byte !== 0x17; byte = await this.byte())
        body.push(byte);
      const sum = String.fromCharCode(await this.byte(), await this.byte());
      await this.byte();
      await this.byte();
      const wanted = [...body, byte].reduce((total, one) => (total + one) % 256, 0);
      if (parseInt(sum, 16) !== wanted)
        throw new Error('the host sent a wrong checksum');
      text += Buffer.from(body.slice(1)).toString('utf8');
      await this.write(ACK);
    }
  }
}
