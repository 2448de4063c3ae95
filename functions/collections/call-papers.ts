/**
 * What of a call lies beside the account: its line of text with whom was spoken to, what its facts planned, and the
 * contacts as the call leaves them. None of it is in the journal.
 * From: the outcome as told. Next: the same append as its facts.
 */
import type { CallBody } from '../../shared/contracts/calls.ts';
import { textOfInstant, type Day, type Instant } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { masterDataIdOf, type Contact, type MasterData } from '../../shared/domain/master-data.ts';
import type { Paper } from '../../shared/ports/account-store.ts';

/** As a note beside the account, so that it is listed, erased and held like any other. */
export const notePaper = (
  callId: string,
  { note, party, number, code, answers }: CallBody,
  { by, now }: { by: string; now: Instant },
): Paper => {
  const told = Object.entries(answers.told).map(([ask, word]) => `${ask}: ${word}`);
  const spoken = [party, number].filter((one) => one !== undefined).join(', ');
  const text = [`Call: ${code}.`, spoken, note, ...told]
    .filter((one) => one !== undefined && one !== '')
    .join(' | ');
  return { id: `note:${callId}`, content: { id: `note:${callId}`, text, by, at: textOfInstant(now) } };
};

/** Messages and tasks as they were planned, for whoever sends or works them. */
export const plannedPapers = (facts: readonly Fact[]): Paper[] =>
  facts.flatMap((fact): Paper[] => {
    if (fact.kind === 'noticePlanned')
      return [{ id: fact.notice.id as Paper['id'], content: { notice: fact.notice } }];
    return fact.kind === 'taskCreated'
      ? [{ id: fact.task.id as Paper['id'], content: { task: fact.task } }]
      : [];
  });

const invalidates = ['wrongNumber', 'leftTheFirm'];

/** Master data after the call: somebody new, a number that is none, somebody who left. Undefined: as before. */
export const contactsAfter = (
  masterData: MasterData,
  { code, newContact, number, party }: CallBody,
): MasterData | undefined => {
  const before = masterData.contacts ?? [];
  const kept = invalidates.includes(code)
    ? before.flatMap((one) => stillValid(one, { code, number, party }))
    : before;
  const added = newContact === undefined ? [] : [{ ...newContact, isConfirmed: true }];
  const isKnown = added.every(({ name }) => before.some((one) => one.name === name));
  const contacts = isKnown ? kept : [...kept, ...added];
  return JSON.stringify(contacts) === JSON.stringify(before) ? undefined : { ...masterData, contacts };
};

/** Without the number that was wrong; nothing of somebody who left. */
const stillValid = (
  contact: Contact,
  { code, number, party }: { code: string; number: string | undefined; party: string | undefined },
): Contact[] => {
  const isMeant = contact.name === party || (contact.phone !== undefined && contact.phone === number);
  if (!isMeant) return [contact];
  if (code === 'leftTheFirm') return [];
  const { phone: _wrong, ...rest } = contact;
  return [{ ...rest, isConfirmed: true }];
};

/** The paper of new master data, and the fact that names it. */
export const masterPaper = (
  masterData: MasterData,
  version: number,
  on: Day,
): { paper: Paper; fact: Fact } => {
  const id = masterDataIdOf(version);
  return { paper: { id, content: masterData }, fact: { kind: 'masterDataNoted', masterData: id, on } };
};
