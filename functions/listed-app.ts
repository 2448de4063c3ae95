/**
 * An app whose functions the platform is told of before their code is read: a cold start reads a list, no piece.
 * From: `start.ts`, with the list the build wrote. Next: `main.ts`, where each surface registers its handlers; that
 * begins at once behind the registration, and a call that is sooner reads the surface it needs.
 */
import type { AppSettings } from '../shared/contracts/settings.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { toPlatform, type DescribedFunction, type TakeFunction } from '../shared/edge/platform.ts';

export type ListedFunction = DescribedFunction & { surface: string };
/** By app, in the order of registration. */
export type FunctionList = Readonly<Record<string, readonly ListedFunction[]>>;

export type ListedParts = {
  settings: AppSettings;
  now: () => Instant;
  list: FunctionList;
  /** Lets calls and the platform pass. */
  nextTurn: () => Promise<void>;
};

type Handler = Parameters<TakeFunction>[1];
/** Each once, however often it is asked for. */
type Reader = { open: () => Promise<unknown>; read: (surface: string) => Promise<void> };

/** A fault while code is read ends the process, and fails the calls that wait for it. */
export const registerListed = (parts: ListedParts, take = toPlatform): void => {
  const listed = parts.list[parts.settings.app] ?? [];
  const surfaces = [...new Set(listed.map(({ surface }) => surface))];
  const handlers = new Map<string, Handler>();
  const reader = readerOf(parts, ({ name }, handler) => void handlers.set(name, handler));
  for (const { surface, ...described } of listed)
    take(described, async (...call) => {
      // what speaks of all functions of the app waits for all
      for (const needed of surface.startsWith('operations.') ? surfaces : [surface])
        await reader.read(needed);
      const handler = handlers.get(described.name);
      if (!handler)
        throw new Error(`${surface} has no function ${described.name}, though the package lists it`);
      return handler(...call) as unknown;
    });
  void readInTurns(surfaces, reader, parts.nextTurn); // a rejection ends the process, as it should
};

const readerOf = ({ settings, now }: ListedParts, take: TakeFunction): Reader => {
  type Register = (surface: string) => Promise<void>;
  let opened: Promise<Register> | undefined;
  const reads = new Map<string, Promise<void>>();
  const open = async (): Promise<Register> =>
    (await import('./main.ts')).openSurfaces(settings, now, take).register;
  const openOnce = () => (opened ??= open());
  return {
    open: openOnce,
    read: (surface) => {
      const reading = reads.get(surface) ?? openOnce().then((register) => register(surface));
      reads.set(surface, reading);
      return reading;
    },
  };
};

const readInTurns = async (
  surfaces: readonly string[],
  { open, read }: Reader,
  nextTurn: ListedParts['nextTurn'],
): Promise<void> => {
  await nextTurn();
  await open();
  for (const surface of surfaces) {
    await nextTurn();
    await read(surface);
  }
};
