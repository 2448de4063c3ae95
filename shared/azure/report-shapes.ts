/**
 * Documents of reports as they are read back, checked before anything adds them up.
 * From: `cosmos-reports.ts`. Next: contributions, totals, tails and months of the domain.
 */
import { z } from 'zod';
import type { ForecastWeek } from '../domain/cash-forecast.ts';
import { deliveryChannels, deliveryStates } from '../domain/invoice-delivery.ts';
import type { FiguresKept } from '../domain/figures-kept.ts';
import type { MonthCells, Tail } from '../domain/report-months.ts';
import type { Contribution, ShardTotal } from '../domain/report-shard.ts';
import type { Today } from '../domain/report-today.ts';

const amount = z.int();
const day = z.iso.date();
const month = z.string().regex(/^\d{4,6}-\d\d$/);
const cells = z.record(z.string(), amount);
const figures = z.record(z.string(), z.int());
const groups = z.record(z.string(), cells);

const step = z.string().exactOptional();
const watched = z.strictObject({
  promises: z
    .record(z.string(), z.strictObject({ dueOn: day, currency: z.string(), amount }))
    .exactOptional(),
  disputes: z.record(z.string(), z.strictObject({ currency: z.string(), held: amount })).exactOptional(),
  message: z
    .strictObject({ id: z.string(), stage: z.int(), step, sums: z.record(z.string(), amount) })
    .exactOptional(),
  asked: z.strictObject({ on: day, stage: z.int(), step }).exactOptional(),
});

const channel = z.enum(deliveryChannels);
const deliveries = z.strictObject({
  onTheWay: z.array(
    z.strictObject({
      ...{ itemId: z.string(), number: z.string(), createdAt: z.string(), channel },
      ...{ state: z.enum(deliveryStates), reasons: z.array(z.string()).exactOptional() },
      deliveredAt: z.string().exactOptional(),
    }),
  ),
  arrived: z.array(z.strictObject({ on: day, channel, hoursHundredths: z.int() })),
});

const contributionDocument = z.object({
  contribution: z.strictObject({
    accountId: z.string(),
    appliedVersion: z.int().min(1),
    hash: z.string(),
    knownOn: day,
    group: z.string(),
    cells,
    watched: watched.exactOptional(),
    deliveries: deliveries.exactOptional(),
    insolvent: z
      .array(z.strictObject({ hold: z.string(), from: day, to: day.exactOptional() }))
      .exactOptional(),
  }),
});

const totalDocument = z.object({
  total: z.strictObject({
    open: z.record(z.string(), amount),
    accounts: z.int().min(0),
    entries: z.int().min(0),
    dataAt: z.string(),
  }),
});

const tailDocument = z.object({
  tail: z.strictObject({
    seq: z.int().min(0),
    steps: z.array(
      z.strictObject({
        ...{ seq: z.int(), knownOn: day, group: z.string(), moves: z.record(day, cells) },
        figures: z.record(day, figures).exactOptional(),
      }),
    ),
    months: z.strictObject({ known: z.array(month), corrected: z.array(month) }),
    ...{ entries: z.int().min(0), dataAt: z.string() },
  }),
});

const monthDocument = z.object({
  cells: z.strictObject({
    month,
    foldedTo: z.int().min(0),
    opening: groups,
    days: z.record(day, groups),
  }),
});

const todayDocument = z.object({
  today: z.strictObject({
    foldedTo: z.record(z.string(), z.int().min(0)),
    knownOn: day,
    cells,
    ahead: z.record(day, cells),
  }),
});

const closing = z.strictObject({
  ...{ receivables: amount, notDue: amount, beyond90: amount, disputed: amount },
  moved: figures.exactOptional(),
});

const figuresDocument = z.object({
  figures: z.strictObject({
    foldedTo: z.record(z.string(), z.int().min(0)),
    knownOn: day,
    days: z.record(day, figures),
    months: z.record(month, figures),
    before: figures,
    closings: z.record(month, z.record(z.string(), closing)),
  }),
});

/** @throws ZodError when it is none. So do the others. */
export const parseContribution = (document: unknown): Contribution =>
  contributionDocument.parse(document).contribution as unknown as Contribution;

export const parseTotal = (document: unknown): ShardTotal =>
  totalDocument.parse(document).total as ShardTotal;

const shardRow = z.object({ shard: z.string() });

/** A total with the shard it is of. */
export const parseTotalRow = (document: unknown): [shard: string, total: ShardTotal] => [
  shardRow.parse(document).shard,
  parseTotal(document),
];

export const parseTail = (document: unknown): Tail => tailDocument.parse(document).tail as unknown as Tail;

export const parseMonth = (document: unknown): MonthCells =>
  monthDocument.parse(document).cells as MonthCells;

/** A tail with the shard it is of. */
export const parseTailRow = (document: unknown): [shard: string, tail: Tail] => [
  shardRow.parse(document).shard,
  parseTail(document),
];

/** A month with the shard it is of. */
export const parseMonthRow = (document: unknown): { shard: string; cells: MonthCells } => ({
  shard: shardRow.parse(document).shard,
  cells: parseMonth(document),
});

export const parseToday = (document: unknown): Today => todayDocument.parse(document).today as Today;

const forecastDocument = z.object({
  weeks: z.array(
    z.strictObject({
      fromOn: day,
      currency: z.string(),
      promised: amount,
      open: amount,
      disputed: amount,
      total: amount,
    }),
  ),
});

export const parseForecast = (document: unknown): ForecastWeek[] =>
  forecastDocument.parse(document).weeks as unknown as ForecastWeek[];

export const parseFigures = (document: unknown): FiguresKept =>
  figuresDocument.parse(document).figures as unknown as FiguresKept;
