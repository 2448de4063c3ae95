/**
 * Everything the mail service remembers: mails, delivery reports still to hand over, suppressed addresses.
 * From: `sending.ts`, `reports.ts`, the pages. Next: the journal; at the next start, the same maps.
 * Every change is one record, applied in the same way when it happens and when it is read back.
 */
import { join } from 'node:path';
import { memoryJournal, openJournal, type Journal } from '../kit/journal.ts';
import { mailboxOf } from './addresses.ts';
import type { Happening, Mail, Report } from './types.ts';

export type Suppression = { address: string; untilMs: number; bounces: number };

export type EmailRecord =
  | { is: 'accepted'; mail: Mail; reports: Report[]; suppressed: Suppression[] }
  | { is: 'judged'; report: Report; suppressed: Suppression[]; happening: Happening }
  | { is: 'reported'; report: string; happening: Happening }
  | { is: 'suppressed'; suppressed: Suppression }
  | { is: 'happened'; mail: string; happening: Happening };

export type EmailStore = {
  /** By mail id, oldest first. */
  readonly mails: ReadonlyMap<string, Mail>;
  /** Reports nobody has taken yet, by report id. */
  readonly pending: ReadonlyMap<string, Report>;
  readonly suppressions: ReadonlyMap<string, Suppression>;
  /** All mails of one operation id; more than one only where a repeat sends twice. */
  ofOperation(operationId: string): readonly Mail[];
  /** Oldest first. */
  ofMailbox(address: string): readonly Mail[];
  mailboxes(): Iterable<readonly [string, readonly Mail[]]>;
  /** Applies the record; it is safe once `flush` has resolved. */
  record(record: EmailRecord): void;
  flush(): Promise<void> | undefined;
  close(): void;
};

type Memory = {
  mails: Map<string, Mail>;
  pending: Map<string, Report>;
  suppressions: Map<string, Suppression>;
  operations: Map<string, Mail[]>;
  mailboxes: Map<string, Mail[]>;
};

/** `stateDir` undefined keeps nothing. @throws DamagedState */
export const openStore = (stateDir: string | undefined): EmailStore => {
  const memory: Memory = {
    mails: new Map(),
    pending: new Map(),
    suppressions: new Map(),
    operations: new Map(),
    mailboxes: new Map(),
  };
  const journal =
    stateDir === undefined
      ? memoryJournal()
      : openJournal(join(stateDir, 'email.journal'), (record: EmailRecord) => apply(memory, record));
  compact(journal, memory);
  return {
    mails: memory.mails,
    pending: memory.pending,
    suppressions: memory.suppressions,
    ofOperation: (operationId) => memory.operations.get(operationId) ?? [],
    ofMailbox: (address) => memory.mailboxes.get(mailboxOf(address)) ?? [],
    mailboxes: () => memory.mailboxes,
    record: (record) => {
      journal.append(record); // written out first, as JSON, before applying adds to the same objects
      apply(memory, record);
    },
    flush: () => journal.flush(),
    close: () => journal.close(),
  };
};

const apply = (memory: Memory, record: EmailRecord): void => {
  switch (record.is) {
    case 'accepted':
      addMail(memory, record.mail);
      for (const report of record.reports) memory.pending.set(report.id, report);
      for (const one of record.suppressed) memory.suppressions.set(one.address, one);
      return;
    case 'judged':
      memory.pending.set(record.report.id, record.report);
      for (const one of record.suppressed) memory.suppressions.set(one.address, one);
      setStatus(memory, record.report);
      memory.mails.get(record.report.mailId)?.happenings.push(record.happening);
      return;
    case 'reported':
      memory.mails.get(memory.pending.get(record.report)?.mailId ?? '')?.happenings.push(record.happening);
      memory.pending.delete(record.report);
      return;
    case 'suppressed':
      memory.suppressions.set(record.suppressed.address, record.suppressed);
      return;
    case 'happened':
      memory.mails.get(record.mail)?.happenings.push(record.happening);
  }
};

const addMail = (memory: Memory, mail: Mail): void => {
  memory.mails.set(mail.id, mail);
  addTo(memory.operations, mail.operationId, mail);
  for (const mailbox of new Set(mail.recipients.map(({ address }) => mailboxOf(address))))
    addTo(memory.mailboxes, mailbox, mail);
};

const addTo = (index: Map<string, Mail[]>, key: string, mail: Mail): void => {
  const mails = index.get(key);
  if (mails) mails.push(mail);
  else index.set(key, [mail]);
};

const setStatus = ({ mails }: Memory, { mailId, recipient, status }: Report): void => {
  for (const one of mails.get(mailId)?.recipients ?? [])
    if (mailboxOf(one.address) === mailboxOf(recipient)) one.status = status;
};

/** A journal that is mostly history is written anew: each mail with its reports, then the suppressions. */
const compact = (journal: Journal, { mails, pending, suppressions }: Memory): void => {
  if (journal.lines() < 1_000 || journal.lines() < 2 * (mails.size + suppressions.size)) return;
  const waiting = Map.groupBy(pending.values(), ({ mailId }) => mailId);
  const records: EmailRecord[] = [...mails.values()].map((mail) => ({
    is: 'accepted',
    mail,
    reports: waiting.get(mail.id) ?? [],
    suppressed: [],
  }));
  for (const suppressed of suppressions.values()) records.push({ is: 'suppressed', suppressed });
  journal.rewrite(records);
};
