/**
 * Moves of many entries of a shard as few: one step for each day they became known on, and group.
 * From: `report-shard.ts`, of the events of one batch. Next: the shard's tail.
 */
import { addMoves } from './aging-moves.ts';
import { addFigureMoves } from './figure-sums.ts';
import type { KnownMoves } from './report-shard.ts';

/** Steps of one day and group as one. */
export const mergeSteps = (steps: readonly KnownMoves[]): KnownMoves[] => {
  const merged = new Map<string, KnownMoves>();
  for (const { knownOn, group, moves, figures = {} } of steps) {
    const name = JSON.stringify([knownOn, group]);
    const before = merged.get(name);
    const counted = addFigureMoves(before?.figures ?? {}, figures);
    merged.set(name, {
      ...{ knownOn, group, moves: addMoves(before?.moves ?? {}, moves) },
      ...(Object.keys(counted).length === 0 ? {} : { figures: counted }),
    });
  }
  return [...merged.values()].filter(
    ({ moves, figures }) => Object.keys(moves).length > 0 || figures !== undefined,
  );
};
