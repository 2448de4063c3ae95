/**
 * Papers in the mail: copies a customer asked for (T16) and the refusal of a deduction with its evidence (T12), from the desk
 * that plans them to the files as they went out.
 */
import { describe, expect, it } from 'vitest';
import { addCasePaper } from '../../../functions/disputes/case-papers.ts';
import { openDeduction } from '../../../functions/disputes/open-case.ts';
import { openQuery } from '../../../functions/disputes/query-cases.ts';
import { callEffects } from '../../../shared/domain/call-effects.ts';
import type { Notice } from '../../../shared/domain/notice.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { invoiceCopyPdf } from '../../../shared/formats/invoice-copy-pdf.ts';
import { factsOf } from '../../support/account-examples.ts';
import { callerOf } from '../../support/dispute-world.ts';
import { everything } from '../../support/test-edge.ts';
import { linesIn } from '../../formats/texts/read-pdf.ts';
import { callBy, decidedCase, disputesOf, keepOriginal, noticeMail, pdf } from './desks.ts';
import { appendTo, companyId, contact, createMailWorld, lateItem, open, today, week } from './mail-world.ts';
import { payment } from './payment.ts';

const key = { companyId, accountId: 'north' };
const [one, two] = ['item:invoice:north-1', 'item:invoice:north-2'] as const;

const started = async () => {
  const world = await createMailWorld();
  world.parts.copyOf = invoiceCopyPdf;
  await open(world, 'north', [lateItem('north', 1, 5), lateItem('north', 2, 9)]);
  return { world, desk: await disputesOf(world) };
};

describe('copies asked for', () => {
  it('the original that is kept goes along as it is, of the other invoice a copy out of our records', async () => {
    const { world, desk } = await started();
    await keepOriginal(world, 'north', one, 'north-1 original.pdf');
    const asked = await openQuery(desk, callBy('u:csr', 'q1'), key, {
      code: 'COPY',
      items: [one, two],
    });
    expect(asked).toMatchObject({ ok: true, value: { state: 'closed', closedAs: 'copySent' } });
    const { text, subject, files } = await noticeMail(world, 'north', 'T16');
    expect(subject).toContain('copies of north-1, north-2');
    expect(text).toContain('On 16 June 2026 you asked us for');
    expect(files.map(({ name }) => name)).toEqual(['north-1 original.pdf', 'north-2.pdf']);
    expect(Buffer.from(files[0]!.base64, 'base64')).toEqual(Buffer.from(pdf));
    for (const { name } of files) expect(text).toContain(name);
  });

  it('asked for on the phone, also of an invoice paid by now', async () => {
    const { world } = await started();
    await payment(world, 'north', one, 50_000);
    const { account } = await world.accounts.load(everything, key, [one]);
    const facts = callEffects(
      account,
      [
        {
          kind: 'callEffect',
          effect: 'sendCopies',
          callId: 'c1',
          answers: { itemIds: [one], told: {} },
        } as never,
      ],
      { on: today, calendar: week, by: 'collector', openCase: () => ({ ok: true, value: [] }) },
    );
    await appendTo(world, 'north', factsOf(facts));
    const { files } = await noticeMail(world, 'north', 'T16');
    expect(files.map(({ name }) => name)).toEqual(['north-1.pdf']);
    const words = linesIn(Buffer.from(files[0]!.base64, 'base64')).join('\n');
    for (const said of ['Copy of invoice', 'north-1', '500.00', '0.00']) expect(words).toContain(said);
  });

  it('a paper of another account is never attached, whatever a notice names', async () => {
    const { world, desk } = await started();
    await open(world, 'south', [], contact('ap@south.example'));
    const foreign = await keepOriginal(world, 'south', one, 'south secret.pdf');
    await keepOriginal(world, 'north', one, 'north own.pdf');
    await openQuery(desk, callBy('u:csr', 'q1'), key, { code: 'COPY', items: [one] });
    const id = 'message:T16:q2';
    const notice: Notice = {
      ...({ id, text: 'T16', causeId: 'q2', plannedOn: today } as const),
      ...{ itemIds: [one], attachmentIds: [foreign.id] },
    };
    await noticeMail(world, 'north', 'T16');
    await appendTo(world, 'north', [{ kind: 'noticePlanned', notice, on: today }]);
    const { files, text } = await noticeMail(world, 'north', 'T16');
    expect(files.map(({ name }) => name)).toEqual(['north-1.pdf']);
    expect(text).not.toContain('secret');
  });
});

describe('a deduction refused', () => {
  it('what was taken from which invoice, our reason and evidence, and the sum by a day', async () => {
    const { world, desk } = await started();
    const deduction = {
      ...lateItem('north', 9, 3, 8_000),
      ...({ id: 'item:deduction:ded-9', kind: 'deduction', number: 'ded-9', originalId: one } as const),
      ...{ reasonCode: 'PRICE', claimNumber: 'CLM-77' },
    };
    const { account } = await world.accounts.load(everything, key);
    const { open: _open, ...rest } = deduction;
    await appendTo(world, 'north', factsOf(postItem(account, { ...rest, open: deduction.original })));
    const opened = await openDeduction(desk, callBy('system', 'd1'), key, deduction.id);
    if (!opened.ok || opened.value === undefined) throw new Error('no case');
    const place = { company: companyId, case: opened.value.dispute.id };
    const paper = await addCasePaper(
      ...([desk, callBy('u:pricing', 'p1'), callerOf('u:pricing', 'DSO'), place] as const),
      { name: 'price list May.pdf', paper: 'price list', bytes: pdf },
    );
    if (!paper.ok) throw new Error(paper.detail);
    await decidedCase(desk, place.case, { reason: 'The list of May holds.' });
    const { text, files } = await noticeMail(world, 'north', 'T12');
    expect(text).toMatch(/you deducted .*80\.00.* from north-1/);
    expect(text).toContain('Your claim number: CLM-77');
    expect(text).toContain('Our reason: The list of May holds.');
    expect(text).toMatch(/Please pay .*80\.00.* by 23 June 2026/);
    expect(text).toContain('price list May.pdf');
    expect(files.map(({ name }) => name)).toEqual(['price list May.pdf']);
  });
});
