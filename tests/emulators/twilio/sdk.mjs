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

export const twilio = load('twilio');
export const ACCOUNT = `AC${'0'.repeat(31)}1`;
export const TOKEN = 'loopback-auth-token';
export const SENDER = '+15005550006';

export function client(url, account = ACCOUNT, token = TOKEN, options = {}) {
  const made = twilio(account, token, { timeout: 5000, ...options });
  made.api.baseUrl = url;
  return made;
}
