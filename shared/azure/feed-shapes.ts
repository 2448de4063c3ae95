/**
 * Documents of feeds as they are read back, checked before anything trusts them.
 * From: `cosmos-feeds.ts`. Next: the domain. Field by field where a guard, a sum or a person's decision rests on it.
 */
import { z } from 'zod';
import type { Feed } from '../domain/feed.ts';
import { fileKinds } from '../domain/imports.ts';
import type { ListedLine, PostingExport } from '../domain/posting-export.ts';
import type { CompanyFeeds, HeldDecision, Touch } from '../ports/feed-store.ts';

const instant = z.iso.datetime({ offset: true });
const sums = z.record(z.string(), z.int());
const turn = z.looseObject({ importId: z.string(), asOf: instant });
const check = z.looseObject({
  importId: z.string(),
  asOf: instant,
  lines: z.array(z.looseObject({ currency: z.string(), closing: z.int(), file: z.int() })),
  differences: z.array(z.looseObject({ accountId: z.string(), amount: z.int() })),
  released: z.looseObject({ by: z.string(), at: instant, reason: z.string() }).optional(),
});
const manifest = z.looseObject({
  ...{ importId: z.string(), asOf: instant, guardedAt: instant, acceptedAt: instant },
  ...{ rows: z.int(), items: sums, sums, buckets: z.int().min(0) },
});
const feed = z.looseObject({
  ...{ companyId: z.string(), scopeName: z.string(), scope: z.looseObject({}) },
  accepted: manifest.optional(),
  working: turn.extend({ guardedAt: instant, touched: z.string() }).optional(),
  waiting: z.array(turn),
  recent: z.array(turn),
  check: check.optional(),
});
const company = z.looseObject({
  companyId: z.string(),
  scopes: z.record(z.string(), z.looseObject({})),
  arrivals: z.array(
    z.looseObject({
      ...{ kind: z.enum(fileKinds), source: z.string() },
      ...{ firstAt: instant, receivedAt: instant, missing: z.array(z.int()) },
    }),
  ),
  checked: z.record(z.string(), z.looseObject({ asOf: instant, closing: sums })).optional(),
  control: z.looseObject({ on: z.iso.date(), balances: sums }).optional(),
});
const line = z.looseObject({
  ...{ id: z.string(), kind: z.string(), accountId: z.string(), currency: z.string(), amount: z.int() },
  ...{ exportId: z.string(), exportedAt: instant },
});
const posting = z.looseObject({
  ...{ companyId: z.string(), exportId: z.string(), number: z.int().min(1), at: instant },
  lines: z.array(z.looseObject({ id: z.string(), amount: z.int() })),
});
const touch = z.looseObject({ cause: z.string(), accountIds: z.array(z.string()), at: instant });
const held = z.looseObject({
  ...{ importId: z.string(), code: z.string() },
  decided: z.looseObject({ is: z.enum(['released', 'refused']), by: z.string() }).optional(),
});

/** The content of a stored document, of the shape its kind has. @throws ZodError when it has another. */
const reading =
  <Value>(shape: z.ZodType) =>
  (document: unknown): Value =>
    z.object({ content: shape }).parse(document).content as Value;

export const parseFeed = reading<Feed>(feed);
export const parseCompanyFeeds = reading<CompanyFeeds>(company);
export const parseListedLine = reading<ListedLine>(line);
export const parsePostingExport = reading<PostingExport>(posting);
export const parseTouch = reading<Touch>(touch);
export const parseHeld = reading<HeldDecision>(held);
