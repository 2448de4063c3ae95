/**
 * The tiles of the company of a walk, over the days it ran: promises, payments, all figures there are.
 * From: `api/reports/{company}/kpis`, as the executive sees it. Next: `chased.ts`. Amounts in minor units.
 */
import { kpisAnswer, type KpisAnswer } from '../../shared/contracts/reports.ts';
import { walkCompany } from './set-up.ts';
import type { StaffClient } from './staff-client.ts';

type Tile = KpisAnswer['tiles'][number];

export type Told = {
  /** By what is told of them, such as `promised EUR`. */
  promises: Record<string, number>;
  payments: Record<string, number>;
  /** All of them, by name, part and currency; those without a value have the reason instead. */
  kpis: Record<string, number | string>;
};

/** @param days the first and the last of the period. */
export const readTiles = async (staff: StaffClient, [firstOn, asOf]: readonly [string, string]) => {
  const query = new URLSearchParams({ firstOn, asOf }).toString();
  const { tiles } = kpisAnswer.parse(await staff.get(`/api/reports/${walkCompany}/kpis?${query}`));
  const told: Told = {
    promises: valuesOf(tiles, (name) => name.startsWith('promise')),
    payments: valuesOf(tiles, (name) => name.startsWith('collected')),
    kpis: Object.fromEntries(tiles.map((tile) => [keyOf(tile), tile.value ?? tile.because ?? ''])),
  };
  return { told, messages: byPart(tiles, 'withheld'), items: byPart(tiles, 'heldBack') };
};

const keyOf = ({ name, part, currency }: Tile): string =>
  [name, part, currency].filter((word) => word !== null).join(' ');

const valuesOf = (tiles: readonly Tile[], is: (name: string) => boolean): Record<string, number> =>
  Object.fromEntries(
    tiles.flatMap((tile) => (is(tile.name) && tile.value !== null ? [[keyOf(tile), tile.value]] : [])),
  );

const byPart = (tiles: readonly Tile[], wanted: string): Record<string, number> =>
  Object.fromEntries(
    tiles.flatMap(({ name, part, value }) =>
      name === wanted && value !== null ? [[part ?? '', value]] : [],
    ),
  );
