// SPDX-License-Identifier: GPL-3.0-or-later
// A demonstration hospital with analysers set up, tubes in its laboratory, and what a technician sees of them.
import { House, newId, sleep } from '../razorpay/house.mjs';

export { sleep };

const NO_GATEWAY = { url: 'http://127.0.0.1:9', ctl: async () => ({}) };
export const ANALYTES = ['NA', 'K', 'CL', 'CREA', 'UREA'];
export const TESTS = ['NAT', 'KT', 'CLT', 'CREAT', 'UREAT'];
export const UNITS = { NA: 'mmol/L', K: 'mmol/L', CL: 'mmol/L', CREA: 'mg/dL', UREA: 'mg/dL' };

export class Lab {
  static async start() {
    const lab = new Lab();
    lab.house = House.make(NO_GATEWAY, { key_id: null, key_secret: null, webhook_secret: null });
    await lab.house.start();
    return lab;
  }

  async end() {
    await this.house.remove();
  }

  async call(method, at, body, as = 'technician', expect = null, headers = {}) {
    return (await this.house.call(method, at, body, { as, expect, headers })).json;
  }

  // A link with the chemistry's codes, switched on and in the wanted state.
  async link(wanted, state = 'listening') {
    const link = await this.call('POST', '/analysers', { id: newId(), name: wanted.code, enabled: true, protocol: 'hl7', transport: 'listen', ...wanted },
      'pathologist', 201);
    for (const analyte of ANALYTES)
      await this.call('POST', `/analysers/${link.id}/maps`, { id: newId(), code: analyte, analyte }, 'pathologist', 201);
    await this.state(link, state);
    return link;
  }

  async state(link, wanted, ms = 20000) {
    let now = null;
    for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) {
      now = await this.call('GET', `/analysers/${link.id}`, undefined, 'technician', 200);
      if (now.status === wanted)
        return now;
    }
    throw new Error(`${link.code} is ${now.status} (${now.last_error}), not ${wanted}`);
  }

  // An order for the chemistry whose tube is in the laboratory.
  async tube(tests = TESTS) {
    const patients = await this.house.patients();
    const patient = patients[Math.floor(Math.random() * patients.length)];
    const order = await this.call('POST', '/orders', { id: newId(), patient_id: patient.id, payment_method: 'insurance', priority: 'routine',
      items: tests.map((test) => ({ test })) }, 'reception', 201);
    const sample = order.samples[0];
    await this.call('POST', `/samples/${sample.id}/events`, { id: newId(), event: 'collected', reason: 'no_scanner' }, 'technician', 201);
    await this.call('POST', `/samples/${sample.id}/events`, { id: newId(), event: 'received' }, 'technician', 201);
    return { order, patient, sample, barcode: sample.accession };
  }

  async values(order) {
    const sheet = await this.call('GET', `/orders/${order.id}/results`, undefined, 'technician', 200);
    return Object.fromEntries(sheet.analytes.map((row) => [row.code, row.value ?? null]));
  }

  async all(at, as = 'technician') {
    const items = [];
    for (let after = null; ;) {
      const page = await this.call('GET', `${at}${at.includes('?') ? '&' : '?'}limit=200${after ? `&after=${encodeURIComponent(after)}` : ''}`, undefined, as, 200);
      items.push(...page.items);
      if (!page.next)
        return items;
      after = page.next;
    }
  }

  messages(link, more = '') {
    return this.all(`/analyser_messages?link_id=${link.id}${more}`);
  }

  inbox(link) {
    return this.all(`/device_results?link_id=${link.id}&status=open`);
  }

  async until(what, ms = 20000) {
    let seen;
    for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) {
      seen = await what();
      if (seen)
        return seen;
    }
    throw new Error(`never so: ${what}`);
  }
}

let number = 0;
export function nextNumber(prefix = 'N') {
  return `${prefix}${++number}`;
}

// ORU^R01 of values {K: "4.1"} for a tube.
export function oru(id, tube, values, { charset = 'UNICODE UTF-8', pid = 'PID|1', end = '\r', marks = '|^~\\&' } = {}) {
  const [f, c] = [marks[0], marks[1]];
  const lines = [`MSH${marks}${f}CHEM${f}LAB${f}HMS${f}HOSP${f}20260101103000+0530${f}${f}ORU${c}R01${c}ORU_R01${f}${id}${f}P${f}2.5.1${f.repeat(6)}${charset}`,
    pid.replaceAll('|', f), `OBR${f}1${f}${f}${tube}${f}CHEM${c}Chemistry${c}L`,
    ...Object.entries(values).map(([code, value], i) => ['OBX', i + 1, 'NM', `${code}${c}${code}${c}L`, '', value, UNITS[code] ?? '', '', '', '', '', 'F'].join(f))];
  return lines.join(end) + end;
}
