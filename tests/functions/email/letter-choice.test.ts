/**
 * Email or letter is chosen for a step (R30): a credit manager proposes it, another person approves, and the same step of the
 * same account, planned anew, is a mail alone or a letter as well: drawn, kept with the message, with somebody told to post it.
 * From: a policy kept over its own workflow, letters as they are drawn. Next: the clerk's list.
 */
import { expect, it } from 'vitest';
import { approvePolicies, proposePolicies } from '../../../functions/dunning/keep-policies.ts';
import { downloadMessageFile, readMessage } from '../../../functions/email/list-messages.ts';
import { defaultChoiceRules } from '../../../shared/domain/policy-choice.ts';
import { defaultPolicies } from '../../../shared/domain/policy-defaults.ts';
import { defaultDunningRules } from '../../../shared/domain/policy-rules.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { letterPdf } from '../../../shared/formats/letter-pdf.ts';
import { linesIn } from '../../formats/texts/read-pdf.ts';
import { remindedAt } from '../../support/dunning-examples.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { companyId, contact, createMailWorld, factsIn, lateItem, open, plan, run } from './mail-world.ts';

const key = { companyId, accountId: 'north' };

/** The second reminder of *Standard*, ten days late, by this channel. */
const choosing = async (act: 'mail' | 'letter') => {
  const world = await createMailWorld();
  const parts = { ...world.parts, letterOf: letterPdf };
  const policies = defaultPolicies.map((policy) =>
    policy.id === 'standard'
      ? { ...policy, steps: policy.steps.map((step) => (step.stage === 3 ? { ...step, act } : step)) }
      : policy,
  );
  const callOf = (id: string) => ({
    ...{ scope, requestId: id, now: instantFromText('2026-06-15T08:00:00Z') },
    caller: { id, principals: ['CRM' as const] },
  });
  const set = { policies, rules: defaultDunningRules, choice: defaultChoiceRules };
  const proposal = { ...set, after: 0, reason: `the second reminder by ${act}` };
  const proposed = await proposePolicies(parts, companyId, proposal, callOf('tenant:crm'));
  if (!proposed.ok) throw new Error(proposed.detail);
  const { version } = proposed.value;
  const approval = { version, reason: 'looked at' };
  // not by whoever wrote it
  expect(await approvePolicies(parts, companyId, approval, callOf('tenant:crm'))).toMatchObject({
    ok: false,
  });
  expect(await approvePolicies(parts, companyId, approval, callOf('tenant:other'))).toMatchObject({
    ok: true,
  });
  const item = { ...lateItem('north', 1, 12), ...remindedAt(2, 10) };
  await open(world, 'north', [item], contact('ap@north.example', { treatment: { policyId: 'standard' } }));
  const messageId = await plan(world, 'north');
  for (let time = 0; time < 2; time += 1) await run({ ...world, parts }, 'north', messageId);
  expect(world.mailer.accepted).toHaveLength(1);
  const message = await readMessage(parts, { ...key, messageId }, scope);
  const files = message.ok ? message.value.files.map(({ name }) => name) : [];
  const tasks = (await factsIn(world, 'north')).flatMap((fact) =>
    fact.kind === 'taskCreated' ? [fact.task] : [],
  );
  const file = await downloadMessageFile(parts, { ...key, messageId, file: 1 }, scope);
  return { mail: world.mailer.accepted[0]!.mail, files, tasks, file, messageId };
};

it('by letter: the letter as drawn is kept, goes along, and somebody is told to print and post it, once', async () => {
  const { mail, files, tasks, file, messageId } = await choosing('letter');
  expect(files).toEqual(['letter.pdf']);
  if (!file.ok) throw new Error(file.detail);
  const words = linesIn(file.value.bytes as Uint8Array).join(' ');
  for (const word of ['Acme Tools Ltd', 'North Retail', 'north-1', '500.00']) expect(words).toContain(word);
  expect(mail.files.map(({ name }) => name)).toEqual(['letter.pdf']);
  expect(tasks).toMatchObject([
    { id: `task:${messageId}:postLetter`, act: 'postLetter', does: ['arClerk'], sums: { EUR: 50_000 } },
  ]);
});

it('by email: the same words go out without a letter, and nobody is told to post anything', async () => {
  const { mail, files, tasks } = await choosing('mail');
  expect([files, mail.files, tasks]).toEqual([[], [], []]);
  expect(mail.text).toBe((await choosing('letter')).mail.text);
});
