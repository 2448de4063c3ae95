/**
 * Which mapping profile a file has, told by its header line alone.
 * From: the header cells a reader found, the profiles of the company and those of the product. Next: ingestion
 * maps with it, or asks. More than one fit, or none, is never settled by a guess.
 */
import type { MappingProfile } from './mapping-profile.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** Column names are compared without case and outer space. */
export const columnKey = (name: string): string =>
  name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * The one profile whose header this is: all columns of one of its `recognisedBy` lists are there. Of several
 * the one that knows every column of the file wins; else `profile-unclear`. None: `profile-unknown`.
 */
export const profileFor = (
  header: readonly string[],
  profiles: readonly MappingProfile[],
): Outcome<MappingProfile, 'profile-unknown' | 'profile-unclear'> => {
  const present = new Set(header.map(columnKey).filter((name) => name !== ''));
  const fitting = profiles.filter(({ recognisedBy }) =>
    recognisedBy.some((needed) => needed.every((name) => present.has(columnKey(name)))),
  );
  const exact = fitting.filter((profile) => knows(profile, present));
  const [first, ...others] = exact.length > 0 ? exact : fitting;
  if (first === undefined)
    return refuse('profile-unknown', `no profile has the columns ${shown(header)}; say which to use`);
  if (others.length > 0)
    return refuse('profile-unclear', `these fit: ${[first, ...others].map(({ name }) => name).join(', ')}`);
  return done(first);
};

const knows = (profile: MappingProfile, present: ReadonlySet<string>): boolean => {
  const known = new Set(knownColumns(profile).map(columnKey));
  return [...present].every((name) => known.has(name));
};

/** Every column a profile looks at or is known by. */
const knownColumns = ({ fields, recognisedBy, skips }: MappingProfile): string[] => [
  ...Object.values(fields).flatMap((field) => field?.columns ?? []),
  ...recognisedBy.flat(),
  ...skips.map(({ column }) => column),
];

const shown = (header: readonly string[]): string => header.slice(0, 20).join(', ').slice(0, 300);
