/**
 * One file into the product, as a feed would send it: announced, in blocks, committed, and watched to its end.
 * From: a file on this machine. Next: `api/imports`; the report of what became of it.
 */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createdAnswer, importAnswer, type ImportAnswer } from '../../shared/contracts/imports.ts';
import { walkCompany } from './set-up.ts';
import type { StaffClient } from './staff-client.ts';

export type Upload = {
  name: string;
  bytes: Uint8Array;
  kind: ImportAnswer['kind'];
  /** ISO instant of extraction, of a snapshot. */
  asOf?: string;
  /** How it writes amounts and days, where no profile says. */
  locale?: string;
  /** What the file must come to, where that was declared: rows, and sums in minor units. */
  declared?: { rows?: number; sums?: Record<string, number> };
};

const source = 'erp';
const lookEveryMs = 5;
/** Without any change for so long, something is wrong: better to say where it stands than to wait on. */
const longestStandstillMs = 60_000;

/** Resolves when the file is done, refused or held; `onStep` hears how far it is. */
export const uploadFile = async (
  staff: StaffClient,
  { name, bytes, kind, asOf, locale, declared }: Upload,
  onStep: (answer: ImportAnswer) => void,
): Promise<ImportAnswer> => {
  const announced = {
    ...{ company: walkCompany, name, size: bytes.length, sha256: sha256Of(bytes), kind, source },
    ...(asOf === undefined ? {} : { asOf }),
    ...(locale === undefined ? {} : { locale }),
    ...(declared?.rows === undefined ? {} : { rows: declared.rows }),
    ...(declared?.sums === undefined ? {} : { controlSums: declared.sums }),
  };
  const created = createdAnswer.parse(await staff.write('POST', '/api/imports', announced));
  const path = `/api/imports/${walkCompany}/${created.import.importId}`;
  // as it is now: the answer above may be the kept one of a first try
  const { state } = importAnswer.parse(await staff.get(path));
  if (state === 'receiving') await sendBlocks(staff, path, bytes, created.blockBytes);
  // a commit that nobody answered is sent again: what it was to start may not have been started
  else if (state === 'reading') await staff.write('POST', `${path}/commit`);
  return untilSettled(staff, path, onStep);
};

const sendBlocks = async (
  staff: StaffClient,
  path: string,
  bytes: Uint8Array,
  blockBytes: number,
): Promise<void> => {
  for (let n = 0; n * blockBytes < bytes.length; n += 1)
    await staff.upload('PUT', `${path}/blocks/${n}`, bytes.subarray(n * blockBytes, (n + 1) * blockBytes));
  await staff.write('POST', `${path}/commit`);
};

/**
 * Until nothing moves it any more but a person. @throws when it stands still.
 * @param isReleased a person let it go on: held is what it still says until that is worked.
 */
export const untilSettled = async (
  staff: StaffClient,
  path: string,
  onStep: (answer: ImportAnswer) => void,
  isReleased = false,
): Promise<ImportAnswer> => {
  let last = { text: '', atMs: performance.now() };
  for (;;) {
    const answer = importAnswer.parse(await staff.get(path));
    onStep(answer);
    const isHeld = answer.state === 'held' || answer.waitsFor === 'person';
    if (['done', 'refused'].includes(answer.state) || (isHeld && !isReleased)) return answer;
    const text = JSON.stringify(answer);
    if (text !== last.text) last = { text, atMs: performance.now() };
    if (performance.now() - last.atMs > longestStandstillMs)
      throw new Error(`${answer.name} stands still in ${answer.state}: ${JSON.stringify(answer.progress)}`);
    await pause(lookEveryMs);
  }
};

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
