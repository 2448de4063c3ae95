/**
 * Every failure a customer can meet says what to do, in words a customer can act on: each code the portal can answer with,
 * found in its own source, not by a list kept beside it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codesWithWords } from '../../shared/contracts/portal-problem-words.ts';
import { portalProblems } from '../../shared/contracts/portal-problems.ts';
import { isProblemCode, problemOf, type ProblemCode } from '../../shared/contracts/problems.ts';

const sourcesOf = (folder: string, files?: readonly string[]): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && (files === undefined || files.includes(name)))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

/** The portal itself, what stands before it, and the rules it hands refusals on from. */
const sources = [
  ...sourcesOf('functions/portal'),
  ...sourcesOf('functions/disputes', ['open-case.ts', 'own-cases.ts', 'query-cases.ts', 'case-papers.ts']),
  ...sourcesOf('shared/edge', [
    ...['portal-access.ts', 'http-session.ts', 'http-write.ts', 'http-files.ts', 'http-call.ts'],
    ...['http-unknown.ts', 'body.ts', 'idempotency.ts', 'http-refusal.ts', 'limits.ts', 'access.ts'],
  ]),
  ...sourcesOf('shared/domain', ['checkout.ts', 'make-promise.ts', 'checkout-hold.ts']),
  ...sourcesOf('shared/azure', ['stripe-checkouts.ts']),
  ...sourcesOf('shared/formats', ['paper-file.ts']),
];
const met = [
  ...new Set(
    sources.flatMap((text) =>
      [...text.matchAll(/'([a-z]+(?:-[a-z]+)+|busy|unexpected)'/g)].map(([, code]) => code!),
    ),
  ),
].filter(isProblemCode);

/** Answered to the payment provider or kept for staff; `not-rendered` becomes `paper-not-ready` before it is answered. */
const notForCustomers: readonly string[] = [
  ...[
    'payment-differs',
    'signature-not-right',
    'event-not-readable',
    'payment-account-unknown',
    'event-of-other-account',
    'signature-used',
  ],
  'not-rendered',
];
/** Said in the words for all else: of staff alone, or turned into `promise-not-possible` or `plan-asked` before it is answered. */
const otherwise: readonly string[] = [
  ...['code-unknown', 'field-not-allowed', 'too-many-promises', 'promise-differs', 'promise-in-past'],
  ...['promise-after-broken', 'promise-too-far', 'promise-too-often', 'plan-there'],
];
const forCustomers = [...new Set([...met, ...(Object.keys(portalProblems) as ProblemCode[])])]
  .filter((code) => !notForCustomers.includes(code))
  .toSorted();

describe('a problem a customer can meet', () => {
  it('is found in what the portal is made of', () => {
    expect(forCustomers.length).toBeGreaterThanOrEqual(30);
    expect(forCustomers).toEqual(expect.arrayContaining(['not-found', 'link-expired', 'paper-not-ready']));
  });

  it.each(forCustomers.filter((code) => !otherwise.includes(code)))(
    '%s is said in every language',
    (code) => {
      expect(codesWithWords).toContain(code);
    },
  );

  it.each(forCustomers)('%s says what happened and what to do', (code) => {
    const { status, title, whatToDo } = problemOf(code, '');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).toMatch(/^[A-Z].{8,}[^.]$/);
    // an act, as a sentence
    expect(whatToDo).toMatch(/^(?!The detail)[A-Z].{12,}\.$/);
  });

  const ours = Object.entries(portalProblems).filter(([code]) => !notForCustomers.includes(code));
  it.each(ours)('%s speaks no word of the house', (_code, { title, whatToDo }) => {
    expect(`${title} ${whatToDo}`).not.toMatch(
      /administrator|deploy|parked|queue|head|etag|webhook|tenant|scope|token/i,
    );
  });
});
