// SPDX-License-Identifier: GPL-3.0-or-later
// The vendor's own client, pointed at this machine. null where scripts/node-tools.sh has not installed it.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const tools = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'node', 'package.json');

function load(name) {
  try {
    return createRequire(tools)(name);
  } catch {
    return null;
  }
}

const Razorpay = load('razorpay');
export const utils = load('razorpay/dist/utils/razorpay-utils');
export const installed = Razorpay !== null && utils !== null;

export function client(url, id = 'rzp_test_loopback', secret = 'sekret') {
  const made = new Razorpay({ key_id: id, key_secret: secret });
  Object.assign(made.api.rq.defaults, { baseURL: url, proxy: false, timeout: 5000 });
  return made;
}
