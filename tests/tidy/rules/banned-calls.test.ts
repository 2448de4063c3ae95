/** Shows each ban red where it holds and green where the call is allowed. From: examples below. Next: `tidy.test.ts`. */
import { describe, expect, it } from 'vitest';
import { bannedCalls, heldBackTests } from './banned-calls.ts';

const code = (path: string, text: string) => [{ path, text }];
const piece = 'functions/ledger/post-invoice.ts';
const adapter = 'shared/azure/store.ts';

describe('a piece must not reach past its ports', () => {
  it.each([
    ['const now = Date.now();', 'the clock: take `now` as an argument'],
    ['const now = new Date();', 'the clock: take `now` as an argument'],
    ['const now = Date();', 'the clock'],
    ['const now = globalThis.Date.now();', 'the clock'],
    ['const now = Temporal.Now.instant();', 'the clock'],
    ['const share = Math.random();', 'randomness: derive the id from content'],
    ['const id = crypto.randomUUID();', 'randomness'],
    ['const id = randomUUID();', 'randomness'],
    ["import { randomBytes } from 'node:crypto';", 'randomness'],
    ['setTimeout(go, 10);', 'a timer: schedule a message'],
    ['globalThis.setInterval(go, 10);', 'a timer'],
    ["import { setTimeout as wait } from 'node:timers/promises';", 'a timer'],
    ["await fetch('https://example.com');", 'a call over the network: ask a port'],
    ["const app = process.env['DUNWELL_APP'];", 'process.env: take the setting from settings(app)'],
    ["import { env } from 'node:process';", 'process.env'],
    ['const here = import.meta.url;', 'import.meta: only import.meta.dirname survives'],
    ['export default 1;', 'a default export: export it by its name'],
    ['export default function run() {}', 'a default export'],
    ["console.log('done');", 'console: write to the log'],
  ])('%s', (text, finding) => {
    expect(bannedCalls(code(piece, text))).toEqual([expect.stringContaining(`${piece}:1: ${finding}`)]);
  });

  it('while words in comments and texts are free', () => {
    const text = "// Date.now() and fetch() are not called here\nconst hint = 'console.log(process.env)';";
    expect(bannedCalls(code(piece, text))).toEqual([]);
  });

  it('while a date that is given, a map with a fetch of its own and import.meta.dirname are free', () => {
    const text = 'new Date(atMs); store.fetch(id); rows.random; import.meta.dirname;';
    expect(bannedCalls(code(piece, text))).toEqual([]);
  });
});

describe('what belongs to an edge is allowed there', () => {
  it.each([
    [adapter, 'Date.now();'],
    [adapter, 'crypto.randomUUID();'],
    ['local/service-bus/locks.ts', 'setTimeout(go, 10);'],
    ['tests/local/email/send.test.ts', "await fetch('http://127.0.0.1');"],
    ['functions/start.ts', 'process.env;'],
    ['local/main.ts', 'process.env;'],
    ['scripts/check.ts', "console.log('ok');"],
    ['vitest.config.ts', 'export default {};'],
    ['web/kit/ask.ts', "await fetch('/api/health');"],
  ])('%s: %s', (path, text) => {
    expect(bannedCalls(code(path, text))).toEqual([]);
  });

  it.each([
    [adapter, 'process.env;'],
    [adapter, "console.log('sent');"],
    ['local/email/start.ts', 'process.env;'],
    ['local/email/start.ts', "console.log('ready');"],
    ['shared/edge/http.ts', 'Date.now();'],
    ['web/staff/list.tsx', "await fetch('/api/health');"],
  ])('but not in %s: %s', (path, text) => {
    expect(bannedCalls(code(path, text))).toHaveLength(1);
  });
});

describe('a test may not be held back', () => {
  const [skip, only, todo] = ['sk' + 'ip', 'on' + 'ly', 'to' + 'do'];

  it.each([
    `it.${skip}('later', () => {});`,
    `describe.${only}('this', () => {});`,
    `it.${todo}('some day');`,
    `test.${skip}.each([1])('%i', () => {});`,
    `it('x', (context) => { context.${skip}(); });`,
    "it('x', { retry: 2 }, () => {});",
  ])('%s', (text) => {
    expect(heldBackTests(code('tests/domain/aging.test.ts', text))).toHaveLength(1);
  });

  it('while a condition that states its reason may', () => {
    const fields = "it('x', () => { app.timer('t', { retry: { strategy: 'fixedDelay' } }); });";
    expect(heldBackTests(code('tests/local/email/send.test.ts', fields))).toEqual([]);
    const text = "describe.runIf(isLocal)('clock moves', () => {}); it.skipIf(cloud)('restart', () => {});";
    expect(heldBackTests(code('tests/local/email/send.test.ts', text))).toEqual([]);
  });

  it('nor may the configuration retry', () => {
    expect(heldBackTests(code('vitest.config.ts', 'const test = { retry: 1 };'))).toHaveLength(1);
    expect(heldBackTests(code('vitest.config.ts', 'const test = { retry: 0 };'))).toEqual([]);
  });
});
