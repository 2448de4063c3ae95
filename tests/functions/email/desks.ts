/**
 * The other desks of a company whose mail is under test: cases, calls and dunning on the same accounts, each with its own
 * workflow. From: a mail world. Next: tests that follow a notice from whoever plans it to the mail as it went out.
 */
import type { DisputeCall, DisputeParts } from '../../../functions/disputes/dispute-parts.ts';
import { decideCase } from '../../../functions/disputes/decide-case.ts';
import { lookAtCase } from '../../../functions/disputes/look-at-case.ts';
import { openCase } from '../../../functions/disputes/open-case.ts';
import type { DunningParts } from '../../../functions/dunning/parts.ts';
import { lookAtAccount } from '../../../functions/dunning/look-at-account.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { attachmentIdOf, type Attachment } from '../../../shared/domain/attachment.ts';
import { keepAttachment } from '../../../shared/ports/attachments.ts';
import { newSecret } from '../../../shared/azure/secrets.ts';
import type { Instant } from '../../../shared/domain/calendar.ts';
import type { Mail } from '../../../shared/domain/mail.ts';
import { money } from '../../support/account-examples.ts';
import { callerOf, people } from '../../support/dispute-world.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memoryCases } from '../../support/memory/case-index.ts';
import { memoryProposals } from '../../support/memory/proposal-store.ts';
import { memoryTokens } from '../../support/memory/token-store.ts';
import { everything } from '../../support/test-edge.ts';
import { weekdays } from '../../support/weekdays.ts';
import { companyId, headOf, run, tuesday, type MailWorld } from './mail-world.ts';

export const disputesOf = async (world: MailWorld): Promise<DisputeParts> => {
  const by = { by: 'test', at: '2026-01-01T00:00:00Z', reason: 'test' };
  await world.settings.save(everything, { scope: `company:${companyId}`, name: 'disputes' }, 0, {
    ...{ value: people, ...by },
  });
  return {
    ...{ ownScope: everything, accounts: world.accounts, settings: world.settings },
    ...{ documents: world.documents, cases: memoryCases(), alerts: memoryAlerts() },
    ...{ tokens: memoryTokens(), proposals: memoryProposals(), hashText: sha256, newSecret },
    calendarOf: weekdays,
  };
};

export const callBy = (id: string, request: string, now = tuesday): DisputeCall => ({
  ...{ scope: everything, now, actor: { kind: 'staff', id }, cause: { kind: 'request', id: request } },
});

/** By a collector, for part of items. @throws when it is refused. */
export const openedCase = async (
  parts: DisputeParts,
  accountId: string,
  code: string,
  amounts: Readonly<Record<string, number>>,
): Promise<string> => {
  const items = Object.entries(amounts).map(([item, amount]) => ({ item, amount: money(amount) }));
  const key = { companyId, accountId };
  const opened = await openCase(parts, callBy('u:collector', `open ${code}`), key, {
    code,
    items,
    papers: [],
  });
  if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
  return opened.value.case;
};

/** By the owner of the case. @throws when it is refused. */
export const decidedCase = async (
  parts: DisputeParts,
  place: string,
  body: Parameters<typeof decideCase>[4],
  by = 'u:pricing',
): Promise<void> => {
  const decided = await decideCase(
    ...([parts, callBy(by, 'decide'), callerOf(by, 'DSO')] as const),
    ...([{ company: companyId, case: place }, body] as const),
  );
  if (!decided.ok) throw new Error(`${decided.code}: ${decided.detail}`);
};

/** As the events of the account have it looked at: decisions are carried into the books. */
export const lookedAtCase = async (parts: DisputeParts, accountId: string, id: string): Promise<void> => {
  const job = { actor: { kind: 'job', id: 'cases' }, cause: { kind: 'event', id } } as const;
  const call = { scope: everything, now: tuesday, ...job };
  const looked = await lookAtCase(parts, call, { companyId, accountId }, id as `dispute:${string}`);
  if (!looked.ok) throw new Error(`${looked.code}: ${looked.detail}`);
};

export const dunningOf = (world: MailWorld): DunningParts => ({
  ...{ accounts: world.accounts, settings: world.settings, sender: world.sender, hashText: sha256 },
  ...{
    frameOf: world.parts.frameOf,
    calendarOf: world.parts.calendarOf,
    statesOf: async () => () => undefined,
  },
});

export const lookNow = async (
  world: MailWorld,
  accountId: string,
  because: 'due' | 'statement' | 'event',
  now: Instant,
): Promise<void> => {
  const looked = await lookAtAccount(
    dunningOf(world),
    { v: 1, companyId, accountId, because },
    { now, scope: everything },
  );
  if (!looked.ok) throw new Error(looked.detail);
};

/** Sends the one notice of this text that is on its way. @throws when there is none, or it does not go out. */
export const noticeMail = async (
  world: MailWorld,
  accountId: string,
  text: string,
  now = tuesday,
): Promise<Mail> => {
  const pending = ((await headOf(world, accountId)).dunning.notices ?? []).filter((one) => one.text === text);
  const [one] = pending;
  if (one === undefined || pending.length > 1)
    throw new Error(`${pending.length} notices ${text} are planned`);
  const sent = await run(world, accountId, one.id, now);
  if (!sent.ok || sent.value !== 'sent') throw new Error(JSON.stringify(sent));
  return world.mailer.accepted.at(-1)!.mail;
};

export const pdf = new TextEncoder().encode('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');

/** As a file brought it: what is sent as it is. */
export const keepOriginal = async (world: MailWorld, accountId: string, itemId: string, name: string) => {
  const sha = sha256(name);
  const attachment: Attachment = {
    id: attachmentIdOf({ companyId, itemId, accountId, sha256: sha }, sha256),
    ...{ companyId, accountId, itemId, number: itemId, paper: 'document', name, sha256: sha },
    ...{ contentType: 'application/pdf', bytes: pdf.byteLength, origin: { is: 'upload' } },
    ...{ by: 'u:clerk', at: '2026-06-01T00:00:00Z' },
  };
  const kept = await keepAttachment(
    { documents: world.documents, hashText: sha256 },
    everything,
    attachment,
    pdf,
    false,
  );
  if (!kept.ok) throw new Error(kept.detail);
  return kept.value;
};
