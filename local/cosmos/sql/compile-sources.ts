/**
 * FROM and JOIN: binds the aliases and walks over every combination of their values.
 * From: `compile-body.ts`. Next: each combination goes through the filter to a run.
 */
import type { Source } from './ast.ts';
import { compileExpression } from './compile-expression.ts';
import type { Evaluate, Frame, Scope } from './scope.ts';
import { pathOf, rootNameOf } from './walk-tree.ts';

/** Calls `visit` with every combination bound in the frame; stops early, with true, when it answers true. */
export type Walk = (frame: Frame, visit: (frame: Frame) => boolean) => boolean;

/** The container itself may have any name, which only the first source of the outermost query may use. */
const withContainer = (source: Source, scope: Scope): Scope => {
  const bindings = new Map(scope.bindings);
  const root = rootNameOf(source.of);
  if (root !== undefined) bindings.set(root, { kind: 'row' });
  return { ...scope, bindings };
};

const placeOne =
  (slot: number, of: Evaluate, next: Walk): Walk =>
  (frame, visit) => {
    const value = of(frame);
    if (value === undefined) return false;
    frame.slots[slot] = value;
    return next(frame, visit);
  };

const placeEach =
  (slot: number, of: Evaluate, next: Walk): Walk =>
  (frame, visit) => {
    const values = of(frame);
    if (!Array.isArray(values)) return false;
    for (const value of values) {
      frame.slots[slot] = value;
      if (next(frame, visit)) return true;
    }
    return false;
  };

/** Binds one source; `next` walks over those behind it. */
const bindSource = (source: Source, reading: Scope, scope: Scope): ((next: Walk) => Walk) => {
  const path = pathOf(source.of, reading);
  if (!source.each && path?.length === 0) {
    scope.bindings.set(source.alias, { kind: 'row' });
    return (next) => next;
  }
  const of = compileExpression(source.of, reading);
  const slot = scope.slots.count;
  scope.slots.count += 1;
  const bound = path && source.each ? [...path, '[]'] : path;
  scope.bindings.set(source.alias, { kind: 'slot', slot, path: bound });
  return (next) => (source.each ? placeEach(slot, of, next) : placeOne(slot, of, next));
};

/**
 * Binds all sources in `scope`.
 * @throws SqlError when a source names something unknown.
 */
export const compileSources = (sources: readonly Source[], scope: Scope, isOutermost: boolean): Walk => {
  const steps = sources.map((source, place) =>
    bindSource(source, isOutermost && place === 0 ? withContainer(source, scope) : scope, scope),
  );
  const visitNow: Walk = (frame, visit) => visit(frame);
  return steps.reduceRight((next, step) => step(next), visitNow);
};
