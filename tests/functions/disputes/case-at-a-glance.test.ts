/**
 * A case that is opened has all there is to decide it by, without a search: invoice, what is contested and why, proof of
 * delivery and tracking that lie beside the invoice, the claim; papers nobody has are named (R84).
 */
import { expect, it } from 'vitest';
import { showCase } from '../../../functions/disputes/show-case.ts';
import { openCase } from '../../../functions/disputes/open-case.ts';
import type { Attachment, PaperKind } from '../../../shared/domain/attachment.ts';
import { keepAttachment } from '../../../shared/ports/attachments.ts';
import { money } from '../../support/account-examples.ts';
import { callerOf, disputeWorld, key, tuesday } from '../../support/dispute-world.ts';
import { pdfOf } from '../../support/papers.ts';
import { everything } from '../../support/test-edge.ts';

const one = 'item:invoice:1';

it('opening it shows invoice, delivery, tracking and claim; what is missing is named', async () => {
  const world = await disputeWorld();
  const references = { purchaseOrder: 'PO-7' };
  await world.post({ id: one, number: '1', original: money(100_000), references: references });
  const beside = async (paper: PaperKind, name: string, accountId = key.accountId) => {
    const bytes = new Uint8Array(pdfOf(name));
    const attachment: Attachment = {
      ...{ id: `att-${name}`, companyId: 'c1', itemId: one, number: '1', accountId, paper, name },
      ...{ contentType: 'application/pdf', bytes: bytes.byteLength, sha256: name, by: 'u:x', at: tuesday },
      origin: { is: 'upload' },
    };
    await keepAttachment(world.parts, everything, attachment, bytes, false);
  };
  await beside('document', 'invoice.pdf');
  await beside('tracking', 'tracking.pdf');
  await beside('order', 'of-another.pdf', 'a2');
  const body = { items: [{ item: one, amount: money(30_000) }], text: 'two boxes missing', papers: [] };
  const opened = await openCase(world.parts, world.callBy('u:c'), key, { code: 'QTY', ...body });
  const place = { company: 'c1', case: opened.ok ? opened.value.case : '' };
  const shown = async () => {
    const answer = await showCase(world.parts, world.callBy('u:c'), callerOf('u:c', 'COL'), place);
    if (!answer.ok) throw new Error(answer.code);
    return answer.value;
  };
  const first = await shown();
  expect(first).toMatchObject({
    ...{ code: 'QTY', amount: 30_000, openedOn: '2026-11-24', owner: 'u:logistics', dueOn: '2026-11-25' },
    items: [{ number: '1', amount: 30_000, original: 100_000, open: 100_000, purchaseOrder: 'PO-7' }],
    texts: [{ text: 'two boxes missing' }],
    missing: ['proof of delivery', 'packing list', 'photo'],
  });
  const files = async () => (await shown()).files?.map(({ is, name }) => [is, name]).toSorted();
  expect(await files()).toEqual([
    ['document', 'invoice.pdf'],
    ['tracking', 'tracking.pdf'],
  ]);
  await beside('proofOfDelivery', 'pod.pdf');
  expect((await shown()).missing).toEqual(['packing list', 'photo']);
  expect(await files()).toContainEqual(['proofOfDelivery', 'pod.pdf']);
});
