/**
 * Documents of an account as they are read back, checked before anything trusts them.
 * From: `cosmos-accounts.ts`. Next: heads, entries and items of the domain. Field by field where a rule of the
 * store or of money stands on it; facts are guarded by the hash of their entry.
 */
import { z } from 'zod';
import type { AccountHead, AccountItem } from '../domain/account.ts';
import { entryMoves, type EntryMoves } from '../domain/aging-moves.ts';
import type { Entry } from '../domain/entry.ts';
import { itemKinds } from '../domain/item.ts';
import { paperKinds, type Paper } from '../ports/account-store.ts';
import { hashOfContent } from './entry-hash.ts';

const amount = z.int();
const day = z.iso.date();

const head = z.looseObject({
  companyId: z.string(),
  accountId: z.string(),
  version: z.int().min(1),
  lastHash: z.string(),
  balances: z.record(
    z.string(),
    z.strictObject({ open: amount, provisional: amount, ledger: z.record(z.string(), amount) }),
  ),
  openCount: z.int().min(0),
  oldestDueOn: day.optional(),
  openItems: z
    .array(
      z.looseObject({
        ...{ id: z.string(), kind: z.enum(itemKinds), currency: z.string() },
        ...{ open: amount, dueOn: day, stage: z.int() },
      }),
    )
    .optional(),
  dunning: z.looseObject({ stage: z.int() }),
  holds: z.array(z.looseObject({ id: z.string(), code: z.string() })),
  smallWriteOffs: z.record(z.string(), z.strictObject({ quarter: z.string(), amount })),
});

const item = z.looseObject({
  id: z.string(),
  kind: z.enum(itemKinds),
  source: z.string(),
  number: z.string(),
  part: z.string(),
  ...{ documentOn: day, postedOn: day, firstDueOn: day, dueOn: day },
  currency: z.string(),
  ...{ original: amount, open: amount, allocated: amount },
  changes: z.array(
    z.looseObject({ id: z.string(), by: z.string(), amount, on: day, isReversed: z.boolean() }),
  ),
  provisional: z.array(z.looseObject({ id: z.string(), amount, receivedOn: day, state: z.string() })),
  writeOffs: z.array(z.looseObject({ id: z.string(), amount, state: z.string() })),
  recoveries: z.array(z.looseObject({ id: z.string(), amount, on: day })),
});

const headDocument = z.object({ kind: z.literal('head'), head });
const itemDocument = z.object({ kind: z.literal('item'), version: z.int(), item });
const entryDocument = z.object({
  kind: z.literal('entry'),
  entry: z.looseObject({ version: z.int(), hash: z.string() }),
});

/** @throws ZodError when it is no head. */
export const parseHead = (document: unknown): AccountHead =>
  headDocument.parse(document).head as unknown as AccountHead;

/** @throws ZodError when it is no item. */
export const parseItem = (document: unknown): { version: number; item: AccountItem } => {
  const parsed = itemDocument.parse(document);
  return { version: parsed.version, item: parsed.item as unknown as AccountItem };
};

/** @throws when it is no entry, or its content is not what its hash was made of. */
export const parseEntry = (document: unknown): Entry => {
  const { hash, ...content } = entryDocument.parse(document).entry;
  if (hashOfContent(content) !== hash) throw new Error(`entry ${content.version} is not what was written`);
  return { ...content, hash } as unknown as Entry;
};

const movesOfEntry = z.object({ moves: z.record(day, z.record(z.string(), amount)) });

/** What an entry moved. @throws as `parseEntry`, and where it does not say. */
export const parseMoves = (document: unknown): EntryMoves =>
  entryMoves(parseEntry(document), movesOfEntry.parse(document).moves as EntryMoves['moves']);

const paperDocument = z.object({ kind: z.literal('paper'), content: z.record(z.string(), z.unknown()) });

const paperPlace = paperDocument.extend({
  paperId: z.templateLiteral([z.enum(paperKinds), ':', z.string()]),
});

/** @throws ZodError when it is no paper. */
export const parsePaperPlace = (document: unknown): Paper => {
  const { paperId: id, content } = paperPlace.parse(document);
  return { id, content };
};

/** @throws ZodError when it is no paper. */
export const parsePaper = (document: unknown): object => paperDocument.parse(document).content;
